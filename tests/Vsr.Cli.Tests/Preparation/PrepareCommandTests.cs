using System.Diagnostics;
using System.Text.Json.Nodes;
using Vsr.Cli.Bench;
using Vsr.Cli.Tests.Reading;
using Vsr.Data;
using Vsr.Data.Tests.Preparation;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Preparation;

/// <summary>vsr prepare as a program: the example's option names, its folders, exit codes, and what an interruption leaves.</summary>
public class PrepareCommandTests
{
    [Fact]
    public void AllMakesWhatTrainingAndTheLoaderBenchReadUnderTheExamplesNames()
    {
        using TemporaryFolder folder = new();
        string film = Film(folder);
        string data = folder.File("data");
        (int code, string output, string error) = VsrProcess.Run("prepare", "all", "--out_data", data,
            "--resolution", "64p,32p", film, "--codec", "h264", "--crf", "20", "--keyint", "5", "--val-count", "1", "--quiet");

        Assert.True(code == ExitCode.Success, error);
        Assert.Equal("", error);
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        string scenes = Path.Combine(data, "32p/scenes/h264/crf20/keyint5");
        DataSet set = DataSet.Open(scenes);
        Assert.Equal(["scene_0.mp4", "scene_1.mp4"], set.Training.Select(Path.GetFileName));
        Assert.Equal(["scene_2.mp4"], set.Validation.Select(Path.GetFileName));
        Assert.Equal(set.Training, BenchData.FindVideos(data, "32p"));

        (code, _, error) = VsrProcess.Run("prepare", "frames", "--main_data", data, "--resolution", "32p", "--format", "jpg", "-q", "4",
            "--transcoded", "--codec", "h264", "--crf", "20", "--keyint", "5", "--quiet");
        Assert.True(code == ExitCode.Success, error);
        string pictures = Path.Combine(data, "32p/frames/h264/crf20/keyint5/jpg/q4/train");
        Assert.Equal(20, Directory.GetFiles(Path.Combine(pictures, "1")).Length);
        Assert.Equal([Path.Combine(pictures, "0"), Path.Combine(pictures, "1")], BenchData.FindPictures(data, "32p"));
    }

    [Fact]
    public void SplitAndTranscodeTakeTheExamplesOptionsAndASecondRunHasNothingToDo()
    {
        using TemporaryFolder folder = new();
        string data = folder.File("data");
        string[] split = ["prepare", "split", "--raw_data", Film(folder), "--out_data", data];
        string[] transcode = ["prepare", "transcode", "--main_data", data, "--resolution", "64p", "--quiet"];
        foreach (string before in new[] { "", ", 3 were there already" })
        {
            (int code, string output, string error) = VsrProcess.Run(split);
            Assert.Equal((ExitCode.Success, $"{data}/orig/scenes: {(before == "" ? 3 : 0)} scenes{before}\n"), (code, output));
            Assert.Equal(before == "", error.Contains("splitting: 60/60 frames", StringComparison.Ordinal));
            (code, output, error) = VsrProcess.Run(transcode);
            Assert.Equal((ExitCode.Success, $"{data}/64p/scenes: {(before == "" ? 3 : 0)} scenes{before}\n", ""), (code, output, error));
        }
    }

    [Fact]
    public void NoEnlargeLeavesScenesOfFewerLinesOutAlsoAtASizeThatIsNamed()
    {
        using TemporaryFolder folder = new();
        string data = folder.File("data");
        (int code, _, string error) = VsrProcess.Run(
            "prepare", "all", Film(folder), "--out_data", data, "--resolution", "96p,32p", "--no-enlarge", "--quiet");

        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("96p: skipped: all scenes have 64 lines; --no-enlarge leaves them out\n", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data, "96p", "scenes", "train")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(data, "32p", "scenes", "train")).Length);
        Assert.Single(Directory.GetFiles(Path.Combine(data, "32p", "scenes", "val")));

        (code, _, error) = VsrProcess.Run("prepare", "transcode", "--main_data", data, "--resolution", "96p", "--no-enlarge", "--quiet");
        Assert.True(code == ExitCode.Success, error);
        Assert.False(Directory.Exists(Path.Combine(data, "96p", "scenes", "train")));
    }

    [Theory]
    [InlineData("split")]
    [InlineData("split", "x.mp4", "--val-count", "1", "--val-share", "0.5")]
    [InlineData("split", "x.mp4", "--val-share", "1")]
    [InlineData("split", "x.mp4", "--threshold", "0")]
    [InlineData("split", "x.mp4", "y.mp4", "--timestamps", "list")]
    [InlineData("split", "x.mp4", "--timestamps", "list", "--threshold", "0.5")]
    [InlineData("transcode", "--resolution", "540p")]
    [InlineData("transcode", "--main_data", "x", "--resolution", "541p")]
    [InlineData("transcode", "--main_data", "x", "--resolution", "540p", "--codec", "vp9")]
    [InlineData("transcode", "--main_data", "x", "--resolution", "540p", "--crf", "52")]
    [InlineData("transcode", "--main_data", "x", "--resolution", "540p", "--keyint", "0")]
    [InlineData("transcode", "--main_data", "x", "--resolution", "540p", "--bits", "10")]
    [InlineData("frames", "--main_data", "x", "--resolution", "540p", "--crf", "18")]
    [InlineData("frames", "--main_data", "x", "--resolution", "540p", "-q", "10")]
    [InlineData("frames", "--main_data", "x", "--resolution", "540p", "--format", "bmp")]
    [InlineData("all", "x.mp4", "--resolution", "hd")]
    [InlineData("all", "x.mp4", "--codec", "h264", "--bits", "10")]
    public void WhatIsWrongWithTheCommandLineAloneIsAUsageError(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["prepare", .. arguments]));

    [Theory]
    [InlineData("transcode")]
    [InlineData("frames")]
    public void AFolderOfAnotherLayoutIsToldFromTheExpectedOne(string command)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("clips"));
        File.WriteAllText(folder.File("a.mp4"), "");
        (int code, _, string error) = VsrProcess.Run("prepare", command, "--main_data", folder.Path, "--resolution", "4k");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("expected orig/scenes/train/scene_0.mp4 and so on", error);
        Assert.Contains("found a.mp4, clips/", error);
        Assert.Equal(["a.mp4", "clips"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ABrokenFilmIsNamedAtTheEndWithExitCode1()
    {
        using TemporaryFolder folder = new();
        string broken = folder.File("broken.mp4");
        File.WriteAllText(broken, "no video");
        (int code, string output, string error) = VsrProcess.Run(
            "prepare", "all", broken, Film(folder), "--out-data", folder.File("data"), "--resolution", "32p", "--quiet");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("32p/scenes: 3 scenes", output);
        Assert.StartsWith("vsr: 1 file failed:\n  " + broken, error);
    }

    [Fact]
    public async Task CtrlCEndsWith130AndLeavesNoHalfWrittenFile()
    {
        using TemporaryFolder folder = new();
        string film = new MadeFilm(320, 192).Scene(1, 90).Scene(2, 90).Write(folder.File("film.mp4"));
        string data = folder.File("data");
        using Process program = Start("prepare", "all", film, "--out_data", data, "--resolution", "540p", "--preset", "veryslow");
        string? line;
        do
        {
            line = await program.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.StartsWith("540p: ", StringComparison.Ordinal) == false);

        OracleProgram.Run("kill", "-INT", $"{program.Id}");
        string errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Interrupted, program.ExitCode);
        Assert.Contains("vsr: stopped", errors);
        Assert.Empty(Directory.GetFiles(data, "*.part", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(Path.Combine(data, "540p"), "*.mp4", SearchOption.AllDirectories));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(data, "orig"), "*.mp4", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void ScenesOfAFilmWithSoundHaveNone()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(["video", "audio"], StreamTypes(VsrProcess.Sample).Take(2));

        (int code, _, string error) = VsrProcess.Run("prepare", "split", VsrProcess.Sample, "--out_data", folder.File("data"), "--quiet");

        Assert.True(code == ExitCode.Success, error);
        string[] scenes = Directory.GetFiles(folder.File("data"), "scene_*.mp4", SearchOption.AllDirectories);
        Assert.NotEmpty(scenes);
        Assert.All(scenes, scene => Assert.Equal(["video"], StreamTypes(scene)));
    }

    private static string[] StreamTypes(string path)
    {
        (int code, string output, string error) = VsrProcess.Run("info", path, "--json");
        Assert.True(code == ExitCode.Success, error);
        return [.. JsonNode.Parse(output)!["streams"]!.AsArray().Select(stream => stream!["type"]!.GetValue<string>())];
    }

    private static string Film(TemporaryFolder folder) =>
        new MadeFilm(128, 64).Scene(1, 20).Scene(2, 20).Scene(3, 20).Write(folder.File("film.mp4"));

    /// <summary>Starts vsr; it listens to SIGINT even where the tests do not.</summary>
    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
