using System.Text.Json;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Evaluation;

/// <summary>vsr evaluate as a program of its own: what is printed where, and exit codes.</summary>
public sealed class EvaluateCommandTests
{
    [Fact]
    public void Json_stands_alone_on_standard_output_and_a_clip_that_fails_is_a_warning()
    {
        using TemporaryFolder folder = new();
        WritePictures(folder.File("b"), 3);
        WritePictures(folder.File("a"), 2);
        (int code, string output, string error) = Evaluate(folder.Path);
        Assert.True(code == 0, error);
        JsonElement json = JsonDocument.Parse(output).RootElement;
        JsonElement[] clips = [.. json.GetProperty("clips").EnumerateArray()];
        Assert.Equal(["a", "b"], clips.Select(clip => clip.GetProperty("name").GetString()));
        Assert.Equal([2, 3], clips.Select(clip => clip.GetProperty("frames").GetInt32()));
        Assert.Equal(clips[0].GetProperty("bicubic_psnr_db").GetDouble(), clips[0].GetProperty("psnr_db").GetDouble());
        Assert.InRange(json.GetProperty("mean").GetProperty("psnr_db").GetDouble(), 10, 60);

        File.WriteAllText(folder.File("a.mp4"), "no video");
        (code, output, error) = Evaluate(folder.Path);
        Assert.Equal(1, code);
        Assert.Contains("warning: a.mp4 is left out", error, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(output).RootElement.GetProperty("clips").GetArrayLength());
    }

    [Fact]
    public void The_first_frames_are_scored_by_the_examples_metric_too_and_drawn()
    {
        using TemporaryFolder folder = new();
        WritePictures(Path.Combine(folder.File("gt"), "clip"), 3);
        (int code, string output, string error) = Evaluate(
            folder.File("gt"), "--example-metric", "--val-frames", "2", "--pictures", folder.File("new/pictures"));
        Assert.True(code == 0, error);
        JsonElement clip = JsonDocument.Parse(output).RootElement.GetProperty("clips")[0];
        Assert.Equal(2, clip.GetProperty("frames").GetInt32());
        Assert.Equal(clip.GetProperty("bicubic_example_psnr_db").GetDouble(), clip.GetProperty("example_psnr_db").GetDouble());
        Assert.NotEqual(clip.GetProperty("psnr_db").GetDouble(), clip.GetProperty("example_psnr_db").GetDouble());
        Assert.Equal(4, Directory.GetFiles(folder.File("new/pictures"), "clip-*.png").Length);

        (code, _, error) = Evaluate(folder.File("gt"), "--val-frames", "2", "--pictures", folder.File("all"), "--all-pictures");
        Assert.True(code == 0, error);
        Assert.Equal(4, Directory.GetFiles(folder.File("all"), "clip-000001-*.png").Length);
        Assert.Equal(8, Directory.GetFiles(folder.File("all")).Length);
    }

    [Fact]
    public void Given_low_resolution_clips_are_enlarged_and_scored()
    {
        using TemporaryFolder folder = new();
        WritePictures(Path.Combine(folder.File("gt"), "clip"), 1);
        WritePictures(Path.Combine(folder.File("lq"), "clip"), 1, width: 12, height: 10);
        (int code, string output, string error) = Evaluate(folder.File("gt"), "--lq", folder.File("lq"), "--rgb");
        Assert.True(code == 0, error);
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("mean").GetProperty("psnr_db").GetDouble(), 1, 40);

        WritePictures(Path.Combine(folder.File("gt"), "other"), 1);
        (code, _, error) = Evaluate(folder.File("gt"), "--lq", folder.File("lq"));
        Assert.Equal(1, code);
        Assert.Contains("other", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_say_which_network_they_are()
    {
        TorchTestBackend.Ensure();
        using TemporaryFolder folder = new();
        string weights = folder.File("w.safetensors");
        using (RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 }))
        {
            NetworkWeights.Save(network, weights);
        }

        WritePictures(Path.Combine(folder.File("gt"), "clip"), 4);
        string[] arguments = ["evaluate", "--root", folder.File("gt"), "--device", "cpu", "--weights", weights];
        (int code, string output, string error) = OracleProgram.TryRun(Host, [Program, .. arguments, "--json"]);
        Assert.True(code == 0, error);
        JsonElement mean = JsonDocument.Parse(output).RootElement.GetProperty("mean");
        double gain = mean.GetProperty("psnr_db").GetDouble() - mean.GetProperty("bicubic_psnr_db").GetDouble();
        Assert.InRange(Math.Abs(gain), 1e-6, 3);            // an untrained network enlarges about as bicubic does, but by another kernel

        Assert.Equal(ExitCode.Failure, CommandLineApplication.Run([.. arguments, "--network", "vsrnet"]));
        Assert.Equal(ExitCode.Failure, CommandLineApplication.Run([.. arguments, "--scale", "2"]));
    }

    [Theory]
    [InlineData("--network", "swin")]
    [InlineData("--network", "bicubic", "--weights", "w.safetensors")]
    [InlineData("--network", "recurrent", "--flownet_path", "flow.pth.tar")]
    [InlineData("--precision", "fp8")]
    [InlineData("--scale", "5")]
    [InlineData("--val-frames", "0")]
    [InlineData("--all-pictures")]
    [InlineData("--network", "flow", "--all-pictures")]
    [InlineData("--crf", "52")]
    [InlineData("--crf", "23,23")]
    [InlineData("--crf", "20..30")]
    [InlineData("--crf", "")]
    [InlineData("--codec", "h264")]
    [InlineData("--crf", "23", "--codec", "av1")]
    [InlineData("--crf", "23", "--lq", "elsewhere")]
    [InlineData("--network", "flow", "--crf", "23")]
    [InlineData("--network", "flow", "--example-metric")]
    [InlineData("--network", "flow", "--temporal")]
    [InlineData("--network", "flow", "--reset-state")]
    [InlineData("--network", "bicubic", "--reset-state")]
    [InlineData("--network", "vsrnet", "--reset-state")]
    [InlineData("--device", "gpu")]
    public void What_the_command_line_shows_to_be_wrong_is_exit_2(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["evaluate", "--root", "nowhere", .. arguments]));

    [Fact]
    public void A_missing_folder_is_exit_1() => Assert.Equal(
        ExitCode.Failure, CommandLineApplication.Run(["evaluate", "--root", "/nowhere/at/all", "--network", "bicubic"]));

    private static string Host =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll");

    private static (int Code, string Output, string Error) Evaluate(string root, params string[] arguments) => OracleProgram.TryRun(
        Host, [Program, "evaluate", "--root", root, "--network", "bicubic", "--device", "cpu", "--json", .. arguments]);

    private static void WritePictures(string folder, int count, int width = 50, int height = 43)
    {
        Directory.CreateDirectory(folder);
        for (int frame = 0; frame < count; frame++)
        {
            RgbImage image = new(width, height);
            for (int i = 0; i < image.Samples8.Length; i++)
            {
                image.Samples8[i] = (byte)(128 + (100 * Math.Sin(((i % width) + frame) / 3.0) * Math.Cos(i / width / 4.0)));
            }

            PictureFile.Write(Path.Combine(folder, $"{frame:000}.png"), image);
        }
    }
}
