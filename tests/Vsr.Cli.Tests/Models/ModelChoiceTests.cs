using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Reading;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Models;

/// <summary>Which network vsr upscale and vsr evaluate take, as their first line and their exit codes say.</summary>
public class ModelChoiceTests
{
    [Theory]
    [InlineData("lossy.mp4", "full", "model full (recurrent-x4.safetensors): h264 is a lossy codec, on the CPU, and models compressed and fast are not there")]
    [InlineData("lossy.mp4", "full compressed", "model compressed (compressed-x4.safetensors): h264 is a lossy codec, on the CPU; --clean if the picture is clean")]
    [InlineData("lossy.mp4", "full fast", "model fast (fast-x4.safetensors): h264 is a lossy codec, on the CPU, and model compressed is not there")]
    [InlineData("lossless.mp4", "full fast compressed", "model fast (fast-x4.safetensors): h264 is lossless, on the CPU; --model full is better and takes much longer")]
    [InlineData("lossless.mkv", "full compressed", "model full (recurrent-x4.safetensors): ffv1 is lossless, on the CPU, and model fast is not there")]
    [InlineData("lossy.mp4", "full compressed", "model full (recurrent-x4.safetensors): --clean", "--clean")]
    [InlineData("lossy.mp4", "full best", "model best (best-x4.safetensors): --quality best", "--quality", "best")]
    [InlineData("lossy.mp4", "full fast", "model full (recurrent-x4.safetensors): --model full", "--model", "full", "--clean", "--scale", "4")]
    [InlineData("lossy.mp4", "full x2", "model x2 (recurrent-x2.safetensors): --scale 2", "--scale", "2")]
    public void TheFirstLineSaysWhichNetworkAndWhy(string source, string there, string expected, params string[] options)
    {
        using ModelFiles files = new(there.Split(' '));
        string input = Clip(files, source);
        string output = files.File("out.mkv");

        (int exitCode, _, string error) = files.Run(["upscale", input, output, "--device", "cpu", "--preset", "ultrafast", .. options]);

        Assert.True(exitCode == ExitCode.Success, error);
        Assert.Equal($"vsr: {expected}", error.Split('\n')[0]);
        int scale = expected.Contains("x2", StringComparison.Ordinal) ? 2 : 4;
        string size = OracleProgram.Run("ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", output);
        Assert.Equal($"{scale * 48},{scale * 32}", size.Trim());
    }

    [Theory]
    [InlineData("--model 'huge' is unknown; there are full, x2, best, fast, compressed", "--model", "huge")]
    [InlineData("--quality 'good' is unknown; use best or leave it out", "--quality", "good")]
    [InlineData("--model fast and --clean contradict each other: the one is fast, the other full; leave one out", "--model", "fast", "--clean")]
    [InlineData("--quality best and --clean contradict each other: the one is best, the other full; leave one out", "--quality", "best", "--clean")]
    [InlineData("--clean and --weights w.safetensors contradict each other: both name the network; leave one out", "--clean", "--weights", "w.safetensors")]
    [InlineData("--model x2 and --scale 4 contradict each other: x2 enlarges 2 times; leave one out", "--model", "x2", "--scale", "4")]
    [InlineData("--model full and --flownet_path contradict each other: it is for vsrnet's --weights; leave one out", "--model", "full", "--flownet_path", "f")]
    public void WhatTheCommandLineContradictsIsAUsageError(string expected, params string[] options)
    {
        (int exitCode, string output, string error) = VsrProcess.Run(["upscale", "not-there.mp4", "out.mp4", .. options]);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.Equal($"vsr: {expected}", error.Split('\n')[0]);
    }

    [Theory]
    [InlineData("compressed", "--model", "compressed")]
    [InlineData("best", "--quality", "best")]
    public void AModelThatIsNotThereNamesThoseThatAre(string name, params string[] options)
    {
        using ModelFiles files = new("full", "fast");
        string input = Clip(files, "lossy.mp4");

        (int exitCode, string output, string error) = files.Run(["upscale", input, files.File("out.mp4"), .. options]);

        Assert.Equal((ExitCode.Failure, ""), (exitCode, output));
        Assert.Equal($"vsr: model {name}: its file {name}-x4.safetensors is not there; those there are: full, fast\n", error);
        Assert.False(File.Exists(files.File("out.mp4")));
    }

    [Fact]
    public void EvaluateTakesTheFullNetworkAndNoOther()
    {
        using ModelFiles files = new("full", "best", "fast", "compressed");
        File.WriteAllText(files.File("best-x4.safetensors"), "damaged");
        File.WriteAllText(files.File("compressed-x4.safetensors"), "damaged");
        string input = Clip(files, "lossy.mp4");
        string root = Path.Combine(Path.GetDirectoryName(input)!, "clips");
        Directory.CreateDirectory(root);
        File.Move(input, Path.Combine(root, "clip.mp4"));
        string[] evaluate = ["evaluate", "--root", root, "--device", "cpu", "--json"];

        (int exitCode, string output, string error) = files.Run(evaluate);
        Assert.True(exitCode == ExitCode.Success, error);
        string byName = files.Run([.. evaluate, "--model", "full"]).Output;
        string byFile = files.Run([.. evaluate, "--weights", files.File("recurrent-x4.safetensors")]).Output;
        string other = files.Run([.. evaluate, "--model", "fast"]).Output;

        Assert.Equal(output, byName);
        Assert.Equal(output, byFile);
        Assert.NotEqual(Score(output), Score(other));       // another draw of weights
        File.Delete(files.File("recurrent-x4.safetensors"));
        (exitCode, output, error) = files.Run(evaluate);
        Assert.Equal((ExitCode.Failure, ""), (exitCode, output));
        Assert.Equal("vsr: model full: its file recurrent-x4.safetensors is not there; those there are: best, fast, compressed\n", error);
    }

    [Theory]
    [InlineData("--model 'huge'", "--model", "huge")]
    [InlineData("--model full and --weights", "--model", "full", "--weights", "w")]
    [InlineData("--model full and --network bicubic", "--model", "full", "--network", "bicubic")]
    [InlineData("--model x2 enlarges 2 times", "--model", "x2", "--scale", "4")]
    [InlineData("--model is not for --network flow", "--model", "full", "--network", "flow")]
    public void EvaluateRefusesContradictions(string expected, params string[] options)
    {
        (int exitCode, string output, string error) = VsrProcess.Run(["evaluate", "--root", ".", .. options]);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.StartsWith($"vsr: {expected}", error, StringComparison.Ordinal);
    }

    private static double Score(string json) => JsonNode.Parse(json)!["mean"]!["psnr_db"]!.GetValue<double>();

    private static string Clip(ModelFiles files, string name)
    {
        string path = files.File(name);
        string[] codec = name switch
        {
            "lossless.mkv" => ["-c:v", "ffv1"],
            "lossless.mp4" => ["-c:v", "libx264", "-qp", "0"],
            _ => ["-c:v", "libx264", "-crf", "23"],
        };
        OracleProgram.Run(
            "ffmpeg", ["-v", "error", "-i", VsrProcess.Sample, "-an", "-frames:v", "3", "-vf", "scale=48:32", "-pix_fmt", "yuv420p", .. codec, path]);
        return path;
    }
}
