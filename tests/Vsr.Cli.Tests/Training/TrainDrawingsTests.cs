using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Reading;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Training;

/// <summary>vsr train --drawings as a program, from clips alone.</summary>
public sealed class TrainDrawingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Clips => Directory.CreateDirectory(_folder.File("clips")).FullName;

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("recurrent", "--crop", "32", "--unroll", "2", "--late-unroll", "2", "--channels", "8", "--blocks", "1", "--look-ahead", "1",
        "--flow-levels", "2", "--flow-channels", "8", "--flow-steps", "1", "--pool-clips", "0")]
    [InlineData("flow", "--crop", "64")]
    public void ARunDrawsItsPicturesAgainWhenItGoesOnAndTakesNoOthers(string network, params string[] more)
    {
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));
        string[] command = ["train", "--network", network, "--root", Clips, "--out", Run, "--batch", "1", "--pool-stills", "2", "--device", "cpu", "--threads", "1", .. more];

        (int code, string output, string error) = VsrProcess.Run([.. command, "--steps", "1", "--drawings", "2", "--seed", "6"]);
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("2 pictures drawn in ", output + error);
        Assert.Equal(2, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(Run, "settings.json")))!["Drawings"]!);

        (code, output, error) = VsrProcess.Run("train", "--resume", "--out", Run, "--steps", "2", "--device", "cpu", "--threads", "1");
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("2 pictures drawn in ", output + error);

        (code, _, error) = VsrProcess.Run("train", "--resume", "--out", Run, "--steps", "3", "--drawings", "3", "--device", "cpu", "--threads", "1");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("drawings", error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("--network", "recurrent", "--drawings", "-1")]
    [InlineData("--network", "recurrent", "--drawings", "10001")]
    [InlineData("--network", "recurrent", "--drawings", "some")]
    [InlineData("--network", "recurrent", "--drawings", "2", "--pool-stills", "0")]
    [InlineData("--network", "vsrnet", "--drawings", "2")]
    public void WhatDrawingsCannotBeIsExit2(params string[] arguments) => Assert.Equal(
        ExitCode.Usage, CommandLineApplication.Run(["train", "--root", Clips, "--out", Run, "--steps", "1", .. arguments]));
}
