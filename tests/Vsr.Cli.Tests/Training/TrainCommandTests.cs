using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Training;

public sealed partial class TrainCommandTests : IDisposable
{
    private const int Sigint = 2;
    private const int Sigterm = 15;

    private readonly TemporaryFolder _folder = new();

    private string Clips => Directory.CreateDirectory(_folder.File("clips")).FullName;

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--network", "swin", "--steps", "1")]
    [InlineData("--network", "vsrnet", "--steps", "1", "--frames", "4")]
    [InlineData("--network", "vsrnet", "--steps", "1", "--flow", "flownet2-sd")]
    [InlineData("--network", "vsrnet", "--steps", "1", "--flow", "none", "--flownet_path", "flow.pth.tar")]
    [InlineData("--network", "recurrent", "--steps", "1", "--flownet-path", "flow.pth.tar")]
    [InlineData("--network", "recurrent")]
    [InlineData("--network", "recurrent", "--steps", "0")]
    [InlineData("--network", "recurrent", "--steps", "1", "--crop", "100")]
    [InlineData("--network", "recurrent", "--steps", "1", "--device", "gpu")]
    [InlineData("--network", "recurrent", "--steps", "many")]
    [InlineData("--network", "recurrent", "--steps", "1", "--learning-rate", "NaN")]
    [InlineData("--network", "recurrent", "--minutes", "NaN")]
    [InlineData("--network", "recurrent", "--steps", "1", "--val", "")]
    [InlineData("--network", "recurrent", "--steps", "1", "--export-fp16", "/proc/weights.safetensors")]
    [InlineData("--network", "recurrent", "--steps", "1", "--export-fp16", "/")]
    [InlineData("--steps", "1")]
    [InlineData("--network", "vsrnet", "--rank", "1")]
    [InlineData("--network", "vsrnet", "--world_size", "8")]
    [InlineData("--network", "vsrnet", "--fp16", "--precision", "bf16")]
    [InlineData("--network", "vsrnet", "--crop_size", "64")]
    [InlineData("--network", "vsrnet", "--crop_size", "63", "64")]
    [InlineData("--network", "vsrnet", "--loader", "tfrecord")]
    [InlineData("--network", "vsrnet", "--min_lr", "1e-3", "--max_lr", "1e-4")]
    [InlineData("--network", "vsrnet", "--set", "stepps=1")]
    public void WhatIsWrongOnTheCommandLineEndsWith2AndTouchesNothing(params string[] arguments)
    {
        int exitCode = CommandLineApplication.Run(["train", "--root", _folder.Path, "--out", Run, .. arguments]);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void ACropLargerThanTheFrameLeavesNoRunBehind()
    {
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));

        (int exitCode, _, string error) = Reading.VsrProcess.Run(
            "train", "--network", "vsrnet", "--root", Clips, "--out", Run, "--steps", "1", "--crop", "4096", "--device", "cpu");

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains("crop 4096x4096 exceeds the frame", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void TheExportsFolderIsMadeWhenItIsMissing()
    {
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));
        string export = _folder.File("new/deep/weights.safetensors");

        (int exitCode, string error) = TrainProcess.Finish(TrainProcess.Start(Clips, Run, "--steps", "1", "--export-fp16", export));

        Assert.True(exitCode == ExitCode.Success, error);
        Assert.True(new FileInfo(export).Length > 0);
    }

    [Fact]
    public void ClipsTooShortForTheLatePartFailAtTheStart()
    {
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));

        (int exitCode, string error) = TrainProcess.Finish(TrainProcess.Start(Clips, Run, "--steps", "1", "--late-unroll", "20"));

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains("late-unroll 20 needs a clip of 21 frames; the longest (", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void ResumingWhereThereIsNoRunFails()
    {
        Assert.Equal(ExitCode.Failure, CommandLineApplication.Run(["train", "--resume", "--out", Run]));
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["train", "--resume"]));
    }

    [Theory]
    [InlineData(Sigint, ExitCode.Interrupted)]
    [InlineData(Sigterm, ExitCode.Terminated)]
    public void ASignalSavesACheckpointThatTheRunGoesOnFrom(int signal, int expected)
    {
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));
        using Process process = TrainProcess.Start(Clips, Run, "--steps", "100000");
        TrainProcess.WaitForSteps(Run, 5);

        Assert.Equal(0, Kill(process.Id, signal));
        (int exitCode, string error) = TrainProcess.Finish(process);
        long saved = LastCheckpoint();
        using Process resumed = TrainProcess.Start(
            Clips, Run, "--resume", "--steps", (saved + 2).ToString(CultureInfo.InvariantCulture));
        (int resumedExitCode, string resumedError) = TrainProcess.Finish(resumed);

        Assert.True(exitCode == expected, error);
        Assert.Contains($"stopped at step {saved}", error, StringComparison.Ordinal);
        Assert.True(resumedExitCode == ExitCode.Success, resumedError);
        Assert.Equal(Enumerable.Range(1, (int)saved + 2).Select(i => (long)i), TrainProcess.Losses(Run).Select(line => line.Step));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void AfterKill9AtAnyMomentTheLossesAreThoseOfTheUninterruptedRun()
    {
        const string steps = "60";
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));
        string whole = _folder.File("whole");
        Assert.Equal(0, TrainProcess.Finish(TrainProcess.Start(Clips, whole, "--steps", steps)).ExitCode);
        Random random = new(1);
        int stepsSeen = 0;
        for (int attempt = 0; attempt < 6; attempt++)
        {
            using Process process = TrainProcess.Start(Clips, Run, attempt == 0 ? ["--steps", steps] : ["--resume"]);
            TrainProcess.WaitForSteps(Run, Math.Min(stepsSeen + 5, 55));
            Thread.Sleep(random.Next(300));
            process.Kill();
            process.WaitForExit();
            stepsSeen = File.ReadLines(Path.Combine(Run, "metrics.jsonl")).Count();
        }

        (int exitCode, string error) = TrainProcess.Finish(TrainProcess.Start(Clips, Run, "--resume"));

        Assert.True(exitCode == ExitCode.Success, error);
        Assert.Equal(TrainProcess.Losses(whole), TrainProcess.Losses(Run));
    }

    private long LastCheckpoint() => Directory.GetDirectories(Path.Combine(Run, "checkpoints"), "step-*")
        .Max(path => long.Parse(Path.GetFileName(path)[5..], CultureInfo.InvariantCulture));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
