using System.Diagnostics;
using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Reading;
using Vsr.Data.Tests.Preparation;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Preparation;

/// <summary>vsr prepare degrade as a program: options, exit codes, and what interruptions leave.</summary>
public class PrepareDegradeTests
{
    [Fact]
    public void OptionsReachThePairsAndASecondRunHasNothingToDo()
    {
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 2, frames: 5);
        string data = folder.File("pairs");
        string[] command =
        [
            "prepare", "degrade", "--root", folder.File("clips"), "--out-data", data, "--scale", "2", "--crf", "25..27", "--blur", "1", "--blur-share",
            "1", "--noise", "2..3", "--noise-share", "0", "--variants", "3", "--seed", "4", "--jobs", "2", "--quiet",
        ];
        (int code, string output, string error) = VsrProcess.Run(command);
        Assert.Equal((ExitCode.Success, $"{data}: 6 pairs\n", ""), (code, output, error));
        JsonNode manifest = MadePairs.Manifest(data);
        Assert.Equal(("25..27", "1", 4), ((string)manifest["settings"]!["crf"]!, (string)manifest["settings"]!["blur"]!, (int)manifest["settings"]!["seed"]!));
        Assert.All(manifest["pairs"]!.AsArray(), pair => Assert.Equal(
            (2, 1.0, 0.0, true), ((int)pair!["scale"]!, (double)pair["blur_sigma"]!, (double)pair["noise_sigma"]!, (int)pair["crf"]! is >= 25 and <= 27)));

        (code, output, error) = VsrProcess.Run(command);
        Assert.Equal((ExitCode.Success, $"{data}: 0 pairs, 6 were there already\n", ""), (code, output, error));
        (code, _, error) = VsrProcess.Run([.. command, "--hevc-share", "1", "--codec", "both"]);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("was prepared with other settings: hevc_share 0 there, 1 now\n  give the same settings", error);
    }

    [Fact]
    public void ABrokenClipIsNamedAtTheEndWithExitCode1()
    {
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 2, frames: 5);
        File.WriteAllText(folder.File("clips/broken.mp4"), "no video");
        (int code, string output, string error) = VsrProcess.Run(
            "prepare", "degrade", "--root", folder.File("clips"), "--out_data", folder.File("pairs"), "--quiet");
        Assert.Equal((ExitCode.Failure, $"{folder.File("pairs")}: 2 pairs\n"), (code, output));
        Assert.StartsWith("vsr: 1 file failed:\n  " + folder.File("clips/broken.mp4"), error);
    }

    [Theory]
    [InlineData("--out-data", "x")]
    [InlineData("--root", "x")]
    [InlineData("--root", "x", "--out-data", "y", "--crf", "20..52")]
    [InlineData("--root", "x", "--out-data", "y", "--crf", "20-30")]
    [InlineData("--root", "x", "--out-data", "y", "--codec", "vp9")]
    [InlineData("--root", "x", "--out-data", "y", "--codec", "hevc", "--hevc-share", "0.5")]
    [InlineData("--root", "x", "--out-data", "y", "--scale", "5")]
    [InlineData("--root", "x", "--out-data", "y", "--blur-share", "2")]
    [InlineData("--root", "x", "--out-data", "y", "--stills-count", "5")]
    [InlineData("--root", "x", "--out-data", "y", "--stills", "z", "--stills-size", "50")]
    [InlineData("--root", "x", "--out-data", "y", "--variants", "0")]
    [InlineData("--root", "x", "--out-data", "y", "--jobs", "0")]
    public void WhatIsWrongWithTheCommandLineAloneIsAUsageError(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["prepare", "degrade", .. arguments]));

    [Theory]
    [InlineData("-KILL", 137)]
    [InlineData("-INT", ExitCode.Interrupted)]
    public async Task AnInterruptedRunGoesOnToTheSameBytes(string signal, int expected)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("clips"));
        for (int clip = 0; clip < 3; clip++)
        {
            new MadeFilm(256, 192).Scene(clip, 16).Write(folder.File($"clips/clip{clip}.mp4"));
        }

        string whole = folder.File("whole");
        string halved = folder.File("halved");
        Assert.Equal(ExitCode.Success, VsrProcess.Run(Command(folder, whole)).ExitCode);
        using (Process program = Start(Command(folder, halved)))
        {
            while (program.HasExited == false && Finished(halved) < 2)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            OracleProgram.Run("kill", signal, $"{program.Id}");
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(expected, program.ExitCode);
        }

        Assert.InRange(Finished(halved), 2, 17);
        Assert.Equal(signal != "-KILL", Directory.GetFiles(halved, "*.part", SearchOption.AllDirectories).Length == 0
            && !File.Exists(Path.Combine(halved, ".vsr-prepare.lock")));
        Assert.Equal(ExitCode.Success, VsrProcess.Run(Command(folder, halved)).ExitCode);
        Assert.Equal(MadePairs.Contents(whole), MadePairs.Contents(halved));
    }

    private static string[] Command(TemporaryFolder folder, string data) =>
        ["prepare", "degrade", "--root", folder.File("clips"), "--out-data", data, "--variants", "6", "--quiet"];

    private static int Finished(string data) => Directory.Exists(Path.Combine(data, "lr"))
        ? Directory.GetFiles(Path.Combine(data, "lr"), "*-v?.mp4").Count(path => !Path.GetFileName(path).StartsWith('.'))
        : 0;

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(
        "env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
