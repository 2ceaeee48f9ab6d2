using System.Diagnostics;
using System.Text.Json.Nodes;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Training;

/// <summary>eng/experiment, from the sample clip to scored runs; the report is a program of its own, with tests of its own.</summary>
public sealed class ExperimentScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void TheSampleClipIsPreparedTrainedOnScoredAndReportedAndFinishedPiecesAreSkipped()
    {
        (int code, string error) = Run([Sample, "work", "--small", "--device", "cpu"]);

        Assert.True(code == 0, error);
        Assert.Contains("the runs with --flow compact at 180p are left out", error, StringComparison.Ordinal);
        Assert.Equal(["180p-none-bf16", "180p-none-fp32"], Directory.GetDirectories(_folder.File("work/runs")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        JsonNode[] lines = [.. File.ReadLines(_folder.File("work/runs/180p-none-fp32/metrics.jsonl")).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal([2, 4], lines.Where(line => line["val_psnr_db"] is not null).Select(line => line["step"]!.GetValue<int>()));
        JsonNode scores = JsonNode.Parse(File.ReadAllText(_folder.File("work/evaluation/180p-none-fp32.json")))!["mean"]!;
        Assert.InRange(scores["example_psnr_db"]!.GetValue<double>(), 3, 40);
        Assert.InRange(scores["bicubic_psnr_db"]!.GetValue<double>(), 15, 40);
        Assert.Equal(4, Directory.GetFiles(_folder.File("work/pictures/180p-none-fp32"), "blocks-*.png").Length);
        JsonNode description = JsonNode.Parse(File.ReadAllText(_folder.File("work/experiment.json")))!;
        Assert.StartsWith("FLOW_WEIGHTS='nowhere' RESOLUTIONS='180p' STEPS='4' VALIDATE_EVERY='2' ", Sorted(description["command"]!.GetValue<string>()), StringComparison.Ordinal);
        Assert.Equal($"results {_folder.File("work")} {_folder.File("work/docs")}", File.ReadAllText(_folder.File("plots.txt")).Trim());

        DateTime trained = File.GetLastWriteTimeUtc(_folder.File("work/runs/180p-none-fp32/weights.safetensors"));
        File.Delete(_folder.File("work/runs/180p-none-bf16/finished"));       // as a run stopped after its last checkpoint leaves it
        (code, error) = Run([Sample, "work", "--small", "--device", "cpu"]);
        Assert.True(code == 0, error);
        Assert.Contains("runs/180p-none-fp32 is finished", error, StringComparison.Ordinal);
        Assert.Contains("goes on from", error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("work/runs/180p-none-bf16/finished")));
        Assert.Equal(trained, File.GetLastWriteTimeUtc(_folder.File("work/runs/180p-none-fp32/weights.safetensors")));

        (code, error) = Run([Sample, "work", "--small", "--device", "cpu"], steps: "5");
        Assert.Equal(1, code);
        Assert.Contains("was begun with other settings", error, StringComparison.Ordinal);
        Assert.Contains("> length 5 steps", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "DATA and WORK are needed, 1 given", "data")]
    [InlineData(2, "there is no option --fast", "data", "work", "--fast")]
    [InlineData(2, "--only test is no stage", "data", "work", "--only", "test")]
    [InlineData(2, "--minutes ten is no number", "data", "work", "--minutes", "ten")]
    [InlineData(2, "--device needs a value", "data", "work", "--device")]
    [InlineData(1, "there is no data; name a film", "data", "work")]
    [InlineData(1, "there is nothing to train on in", "data", "work", "--only", "train")]
    public void WhatIsWrongIsSaid(int expected, string message, params string[] arguments)
    {
        (int code, string error) = Run(arguments);

        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void ANumberOfJobsIsANumber()
    {
        (int code, string error) = Run(["data", "work"], jobs: "some");

        Assert.Equal(2, code);
        Assert.Contains("JOBS=some is no number", error, StringComparison.Ordinal);
    }

    private static string Sample => Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");

    /// <summary>The variables of a command in the order of their names.</summary>
    private static string Sorted(string command) => string.Join(' ', command.Split(' ').Order(StringComparer.Ordinal)
        .Where(word => word.Contains('=', StringComparison.Ordinal))) + " ";

    private (int ExitCode, string Error) Run(string[] arguments, string steps = "4", string jobs = "2")
    {
        string script = Path.Combine(SharedData.RepositoryRoot, "eng", "experiment");
        ProcessStartInfo start = new("bash", [script, .. arguments.Select(argument => argument == "work" ? _folder.File("work") : argument)])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["VSR"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll")}";
        start.Environment["PLOTS"] = $"bash {Plots()}";
        start.Environment["STEPS"] = steps;
        start.Environment["JOBS"] = jobs;
        start.Environment["VALIDATE_EVERY"] = "2";
        start.Environment["RESOLUTIONS"] = "180p";
        start.Environment["FLOW_WEIGHTS"] = "nowhere";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return TrainProcess.Finish(process);
    }

    /// <summary>A program that writes down its arguments in place of the report.</summary>
    private string Plots()
    {
        string plots = _folder.File("plots");
        File.WriteAllText(plots, $"echo \"$*\" > {_folder.File("plots.txt")}\n");
        return plots;
    }
}
