using System.Diagnostics;
using Vsr.Cli.Tests.Reading;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Preparation;

/// <summary>vsr prepare drawings as a program: files, exit codes, and what interruptions leave.</summary>
public class PrepareDrawingsTests
{
    [Fact]
    public void FilesAreThePicturesOfTheSeedAndASecondRunAddsToThem()
    {
        using TemporaryFolder folder = new();
        string data = folder.File("new/drawings");
        Assert.Equal(
            (ExitCode.Success, $"{data}: 3 pictures\n", ""),
            VsrProcess.Run("prepare", "drawings", "--out-data", data, "--count", "3", "--seed", "9", "--jobs", "2", "--quiet"));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(data, "drawing-00002.png"));

        Assert.Equal(
            (ExitCode.Success, $"{data}: 1 pictures, 3 were there already\n", ""),
            VsrProcess.Run("prepare", "drawings", "--out_data", data, "--count", "4", "--seed", "9", "--quiet"));

        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(data, "drawing-00002.png")));
        Assert.Equal(
            ["drawing-00000.png", "drawing-00001.png", "drawing-00002.png", "drawing-00003.png", "manifest.json"],
            Directory.GetFiles(data).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        for (int number = 0; number < 4; number++)
        {
            RgbImage read = PictureFile.ReadRgb(Path.Combine(data, $"drawing-{number:00000}.png"));
            Assert.True(read.Samples8.SequenceEqual(DrawnStills.Draw(9, number).Samples8));
        }
    }

    [Fact]
    public void PicturesOfAnotherSeedOrOfNobodyAreLeftAlone()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ExitCode.Success, VsrProcess.Run("prepare", "drawings", "--out-data", folder.File("a"), "--count", "1", "--quiet").ExitCode);
        (int code, _, string error) = VsrProcess.Run("prepare", "drawings", "--out-data", folder.File("a"), "--count", "2", "--seed", "1", "--quiet");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("was prepared with other settings: seed 0 there, 1 now\n  give the same settings", error);
        Assert.False(File.Exists(folder.File("a/drawing-00001.png")));

        Directory.CreateDirectory(folder.File("b"));
        File.WriteAllText(folder.File("b/drawing-00001.png"), "mine");
        (code, _, error) = VsrProcess.Run("prepare", "drawings", "--out-data", folder.File("b"), "--count", "2", "--quiet");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains($"{folder.File("b/drawing-00001.png")} is there, and no manifest.json", error);
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(folder.File("b")).Select(File.ReadAllText));
    }

    [Fact]
    public void ProgressCountsPictures()
    {
        using TemporaryFolder folder = new();
        (int code, _, string error) = VsrProcess.Run("prepare", "drawings", "--out-data", folder.File("a"), "--count", "3");
        Assert.Equal(ExitCode.Success, code);
        Assert.Matches(@"drawings: 3/3 pictures, [0-9.]+ pictures/s", error);
    }

    [Theory]
    [InlineData("""{"made_by": "vsr prepare degrade", "settings": {"crf": 3}, "pairs": []}""", " was made by 'vsr prepare degrade', not by 'vsr prepare drawings'")]
    [InlineData("""{"made_by": "vsr prepare split", "scenes": 5}""", " was made by 'vsr prepare split', not by 'vsr prepare drawings'")]
    [InlineData("""{"made_by": 7}""", "/manifest.json was not written by 'vsr prepare drawings'")]
    [InlineData("""[1, 2]""", "/manifest.json was not written by 'vsr prepare drawings'")]
    [InlineData("mine", "cannot read ")]
    public void AFolderOfAnotherPreparationIsNamedAndNobodyIsToldToRemoveIt(string manifest, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("manifest.json"), manifest);
        (int code, _, string error) = VsrProcess.Run("prepare", "drawings", "--out-data", folder.Path, "--count", "1", "--quiet");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains(expected, error);
        Assert.Contains("\n  give another folder", error);
        Assert.DoesNotContain("remove", error);
        Assert.Equal([manifest], Directory.GetFileSystemEntries(folder.Path).Select(File.ReadAllText));
    }

    [Fact]
    public void AFileInTheFoldersPlaceIsNamed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("file"), "");
        (int code, _, string error) = VsrProcess.Run("prepare", "drawings", "--out-data", folder.File("file/x"), "--count", "2", "--quiet");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains(folder.File("file"), error);
    }

    [Theory]
    [InlineData("--count", "3")]
    [InlineData("--out-data", "x", "--count", "0")]
    [InlineData("--out-data", "x", "--count", "10001")]
    [InlineData("--out-data", "x", "--count", "many")]
    [InlineData("--out-data", "x", "--seed", "-1")]
    [InlineData("--out-data", "x", "--jobs", "0")]
    [InlineData("--out-data", "")]
    public void WhatIsWrongWithTheCommandLineAloneIsAUsageError(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["prepare", "drawings", .. arguments]));

    [Theory]
    [InlineData("-KILL", 137)]
    [InlineData("-INT", ExitCode.Interrupted)]
    [InlineData("-TERM", ExitCode.Terminated)]
    public async Task AnInterruptedRunGoesOnToTheSamePictures(string signal, int expected)
    {
        using TemporaryFolder folder = new();
        string data = folder.File("data");
        string[] arguments = ["prepare", "drawings", "--out-data", data, "--count", "24", "--jobs", "1", "--quiet"];
        using (Process program = Process.Start(new ProcessStartInfo(
            "env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!)
        {
            while (!program.HasExited && Finished(data) < 2)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            OracleProgram.Run("kill", signal, $"{program.Id}");
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(expected, program.ExitCode);
        }

        int finished = Finished(data);
        Assert.InRange(finished, 2, 23);
        Assert.Equal((ExitCode.Success, $"{data}: {24 - finished} pictures, {finished} were there already\n", ""), VsrProcess.Run(arguments));
        Assert.Equal(25, Directory.GetFileSystemEntries(data).Length);
        Assert.True(PictureFile.ReadRgb(Path.Combine(data, $"drawing-{finished:00000}.png")).Samples8.SequenceEqual(DrawnStills.Draw(0, finished).Samples8));
    }

    private static int Finished(string data) => Directory.Exists(data) ? Directory.GetFiles(data, "drawing-*.png").Length : 0;
}
