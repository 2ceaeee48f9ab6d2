using System.Diagnostics;
using System.Text.Json.Nodes;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Training;

/// <summary>samples/run.sh, from the sample clip to weights and TensorBoard's files.</summary>
public sealed class SampleRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheScriptTrainsOnTheSampleClip() => Train("scenes");

    [Fact]
    [Trait("Category", "Slow")]
    public void TheScriptTrainsOnItsPictures() => Train("frames");

    [Fact]
    public void ADataSetThatIsNotThereIsNamed()
    {
        (int exitCode, string error) = Run(new() { ["DATA_DIR"] = "data", ["RESOLUTION"] = "720p", ["CODEC"] = "h264", ["CRF"] = "18" });

        Assert.Equal(1, exitCode);
        Assert.Contains("there is no data/720p/scenes/h264/crf18/train; make it with: vsr prepare all", error, StringComparison.Ordinal);
    }

    private void Train(string dataType)
    {
        (int exitCode, string error) = Run(new() { ["DATA_TYPE"] = dataType, ["CHECKPOINT_DIR"] = "run" });

        Assert.True(exitCode == 0, error);
        JsonNode[] lines = [.. File.ReadLines(_folder.File("run/metrics.jsonl")).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal([1, 2, 2], lines.Select(line => line["step"]!.GetValue<int>()));      // two steps and a validation at the end
        Assert.InRange(lines[2]["val_psnr_db"]!.GetValue<double>(), 5, 40);
        Assert.InRange(lines[2]["val_loss"]!.GetValue<double>(), 1e-4, 0.5);
        Assert.True(File.Exists(_folder.File("run/weights.safetensors")));
        Assert.Single(Directory.GetFiles(_folder.File("run/tensorboard")));
    }

    private (int ExitCode, string Error) Run(Dictionary<string, string> variables)
    {
        ProcessStartInfo start = new("bash", [Path.Combine(SharedData.RepositoryRoot, "samples", "run.sh"), "--threads", "2"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["VSR"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll")}";
        start.Environment["DEVICE"] = "cpu";
        start.Environment["MAX_ITER"] = "2";
        start.Environment["CROP_SIZE"] = "32 48";
        start.Environment["VAL_FRAMES"] = "1";
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return TrainProcess.Finish(process);
    }
}
