using System.Diagnostics;
using Vsr.Models;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Upscaling;

/// <summary>vsr upscale as a program: what it prints, its exit codes, and what it leaves when it is interrupted.</summary>
public class UpscaleCommandTests
{
    private static readonly string Sample = Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");

    [Fact]
    public void WritesTheVideoAndOneLineAboutIt()
    {
        using TemporaryFolder folder = new();
        string input = Cut(folder, "64:36", "0.3");
        string output = folder.File("out.mp4");
        using Process program = Start("upscale", input, output, "--weights", Weights(folder), "--preset", "ultrafast",
            "--device", "cpu", "--preview", folder.File("preview.png"));
        string text = program.StandardOutput.ReadToEnd();
        string errors = program.StandardError.ReadToEnd();
        program.WaitForExit();

        Assert.True(program.ExitCode == ExitCode.Success, errors);
        Assert.Matches(@"^\S*out\.mp4: 9 frames 256x144, \d+\.\d s, \d+\.\d\d frames/s, network \d+\.\d ms/frame\n$", text);
        Assert.Contains("9/9 frames", errors);
        Assert.True(new FileInfo(output).Length > 0);
        Assert.True(new FileInfo(folder.File("preview.png")).Length > 0);
        Assert.Equal(
            OracleProgram.Run("ffmpeg", "-v", "error", "-i", input, "-map", "0:a", "-c", "copy", "-f", "streamhash", "-"),
            OracleProgram.Run("ffmpeg", "-v", "error", "-i", output, "-map", "0:a", "-c", "copy", "-f", "streamhash", "-"));
    }

    [Fact]
    public Task CtrlCLeavesNothing() => StopBy("INT", ExitCode.Interrupted);

    [Fact]
    [Trait("Category", "Slow")]
    public Task TerminationLeavesNothing() => StopBy("TERM", ExitCode.Terminated);

    private static async Task StopBy(string signal, int exitCode)
    {
        using TemporaryFolder folder = new();
        string input = Cut(folder, "320:180", "3.5");
        string weights = Weights(folder);
        string output = folder.File("out.mp4");
        using Process program = Start("upscale", input, output, "--weights", weights, "--device", "cpu");
        Task<string> text = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal("vsr: weights weights.safetensors: --weights", await program.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        string? first = await program.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(first?.Contains("frames/s", StringComparison.Ordinal), first);
        OracleProgram.Run("kill", $"-{signal}", $"{program.Id}");
        string errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, program.ExitCode);
        Assert.Contains("stopped", errors);
        Assert.Equal("", await text);
        Assert.Equal([input, weights], Directory.EnumerateFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("out.avi")]
    [InlineData("out.mp4", "--crf", "52")]
    [InlineData("out.mp4", "--crf", "60", "--codec", "libx265")]
    [InlineData("out.mp4", "--crf", "64", "--codec", "libsvtav1")]
    [InlineData("out.mp4", "--scale", "0")]
    [InlineData("out.mp4", "--precision", "fp8")]
    [InlineData("out.mp4", "--device", "gpu")]
    [InlineData("")]
    [InlineData("out.mp4", "--preview", "picture.jpg")]
    [InlineData("in.mp4")]
    public void WhatIsWrongWithTheCommandLineAloneIsAUsageError(string output, params string[] options) =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["upscale", "in.mp4", output, .. options]));

    [Fact]
    public void AScaleWithoutWeightsIsRefused()
    {
        using TemporaryFolder folder = new();
        using Process program = Start("upscale", Sample, folder.File("out.mp4"), "--scale", "7");
        string errors = program.StandardError.ReadToEnd();
        program.WaitForExit();

        Assert.Equal(ExitCode.Failure, program.ExitCode);
        Assert.StartsWith("vsr: there are no weights for scale 7\n  ", errors);
        Assert.Equal(2, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static string Cut(TemporaryFolder folder, string size, string seconds)
    {
        string path = folder.File("in.mp4");
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", Sample, "-t", seconds, "-vf", $"scale={size}", "-map", "0",
            "-c:v", "libx264", "-c:a", "copy", path);
        return path;
    }

    private static string Weights(TemporaryFolder folder)
    {
        TorchTestBackend.Ensure();
        string path = folder.File("weights.safetensors");
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 16, Blocks = 1, LookAhead = 1 });
        NetworkWeights.Save(network, path);
        return path;
    }

    /// <summary>Starts vsr; it listens to SIGINT even where the tests do not.</summary>
    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll");
        ProcessStartInfo start = new("env", ["--default-signal=INT", "dotnet", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
