using System.Diagnostics;
using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Training;
using Vsr.Models;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Evaluation;

/// <summary>eng/gallery, from a clip to the frames of every method; the page is made by a program of its own, with tests of its own.</summary>
public sealed class GalleryScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void EveryMethodThatIsThereEnlargesTheSameFramesAndOnlyWhatChangedIsRunAgain()
    {
        TorchTestBackend.Ensure();
        Directory.CreateDirectory(_folder.File("clips"));
        TrainProcess.WriteClip(_folder.File("clips/waves.mp4"));
        File.WriteAllText(_folder.File("clips/credits.txt"), "waves: made up\n");
        Directory.CreateDirectory(_folder.File("models"));
        SaveRecurrent("fast-x4.safetensors");
        SaveVsrNet();
        (int code, string error) = Run("clips", "work", "--device", "cpu");

        Assert.True(code == 0, error);
        Assert.Contains("full is left out: vsr: model full: its file recurrent-x4.safetensors is not there", error, StringComparison.Ordinal);
        Assert.Contains("best is left out", error, StringComparison.Ordinal);
        Assert.Equal(["bicubic", "fast", "vsrnet"], Names("work/methods"));
        string[] numbers = [.. Enumerable.Range(0, 6).Select(frame => $"waves-00000{frame}")];
        Assert.Equal([.. numbers.SelectMany(number => new[] { $"{number}-output.png", $"{number}-truth.png" })], Names("work/methods/bicubic/pictures"));
        Assert.Equal([.. numbers.Select(number => $"{number}-output.png")], Names("work/methods/fast/pictures"));
        Assert.Equal([.. numbers.Select(number => $"{number}-output.png")], Names("work/methods/vsrnet/pictures"));
        Assert.Equal(64, ReadJson("work/methods/fast/model.json")["models"]![0]!["sha256"]!.GetValue<string>().Length);
        Assert.Equal("vsrnet.safetensors", ReadJson("work/methods/vsrnet/model.json")["models"]![0]!["file"]!.GetValue<string>());
        JsonNode[] scores = [.. new[] { "bicubic", "fast", "vsrnet" }.Select(method => ReadJson($"work/methods/{method}/scores.json")["clips"]![0]!)];
        Assert.All(scores, clip => Assert.Equal((6, scores[0]["psnr_db"]!.GetValue<double>()), (clip["frames"]!.GetValue<int>(), clip["bicubic_psnr_db"]!.GetValue<double>())));
        Assert.Equal("waves: made up", File.ReadAllText(_folder.File("work/credits.txt")).Trim());
        JsonNode description = ReadJson("work/gallery.json");
        Assert.Equal("FRAMES='6' VSRNET=FILE eng/gallery CLIPS WORK --device cpu", description["command"]!.GetValue<string>());
        Assert.Equal(("", "bicubic vsrnet fast full best"), (description["crops"]!.GetValue<string>(), description["methods"]!.GetValue<string>()));
        Assert.Equal($"gallery {_folder.File("work")} {_folder.File("work/docs")}", File.ReadAllText(_folder.File("plots.txt")).Trim());

        DateTime enlarged = File.GetLastWriteTimeUtc(_folder.File("work/methods/vsrnet/scores.json"));
        SaveRecurrent("fast-x4.safetensors");       // other random weights
        (code, error) = Run("clips", "work", "--device", "cpu", "--only", "upscale");
        Assert.True(code == 0, error);
        Assert.Contains("vsrnet is there", error, StringComparison.Ordinal);
        Assert.Contains("enlarging by fast", error, StringComparison.Ordinal);
        Assert.Equal(enlarged, File.GetLastWriteTimeUtc(_folder.File("work/methods/vsrnet/scores.json")));
        Assert.NotEqual(scores[1]["psnr_db"]!.GetValue<double>(), ReadJson("work/methods/fast/scores.json")["clips"]![0]!["psnr_db"]!.GetValue<double>());

        File.Delete(_folder.File("models/fast-x4.safetensors"));
        (code, error) = Run("clips", "work", "--device", "cpu", "--only", "upscale");
        Assert.True(code == 0, error);
        Assert.Equal(["bicubic", "vsrnet"], Names("work/methods"));

        File.Copy(_folder.File("clips/waves.mp4"), _folder.File("clips/more.mp4"));
        (code, error) = Run("clips", "work", "--device", "cpu");
        Assert.Equal(1, code);
        Assert.Contains("was begun with other settings", error, StringComparison.Ordinal);
        Assert.Contains("> clip more.mp4", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "CLIPS and WORK are needed, 1 given", "clips")]
    [InlineData(2, "there is no option --fast", "clips", "work", "--fast")]
    [InlineData(2, "--only report is no stage", "clips", "work", "--only", "report")]
    [InlineData(2, "--device needs a value", "clips", "work", "--device")]
    [InlineData(1, "there is no clips; name a video", "clips", "work")]
    [InlineData(1, "there are no frames in", "clips", "work", "--only", "page")]
    public void WhatIsWrongIsSaid(int expected, string message, params string[] arguments)
    {
        (int code, string error) = Run(arguments);

        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(_folder.File(folder)).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private JsonNode ReadJson(string file) => JsonNode.Parse(File.ReadAllText(_folder.File(file)))!;

    private void SaveRecurrent(string name)
    {
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1 });
        NetworkWeights.Save(network, _folder.File($"models/{name}"));
    }

    private void SaveVsrNet()
    {
        using VsrNet network = new();
        NetworkWeights.Save(network, _folder.File("vsrnet.safetensors"));
    }

    private (int ExitCode, string Error) Run(params string[] arguments)
    {
        string script = Path.Combine(SharedData.RepositoryRoot, "eng", "gallery");
        ProcessStartInfo start = new("bash", [script, .. arguments.Select(argument => argument == "work" ? _folder.File("work") : argument)])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["VSR"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll")}";
        start.Environment["VSR_MODELS"] = _folder.File("models");
        start.Environment["PLOTS"] = $"bash {Plots()}";
        start.Environment["FRAMES"] = "6";
        start.Environment["VSRNET"] = File.Exists(_folder.File("vsrnet.safetensors")) ? _folder.File("vsrnet.safetensors") : "";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return TrainProcess.Finish(process);
    }

    /// <summary>A program that writes down its arguments in place of the page.</summary>
    private string Plots()
    {
        string plots = _folder.File("plots");
        File.WriteAllText(plots, $"echo \"$*\" > {_folder.File("plots.txt")}\n");
        return plots;
    }
}
