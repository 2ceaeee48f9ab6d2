using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Models;
using Vsr.Training.Checkpoints;

namespace Vsr.Training.Tests.Running;

/// <summary>A run stopped at any step and resumed makes the numbers of the uninterrupted one, under every kind of setting.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly Vsr.Tests.TemporaryFolder _whole = new();
    private readonly Vsr.Tests.TemporaryFolder _cut = new();

    public ResumeTests() => OneThread.Ensure();

    public static TheoryData<string, TrainingOptions> Runs => new()
    {
        { "vsrnet", TinyRun.VsrNet(12) },
        { "vsrnet bf16", TinyRun.VsrNet(12) with { Precision = "bf16" } },
        { "vsrnet adam with decay", TinyRun.VsrNet(12) with { WeightDecay = 4e-4 } },
        { "vsrnet adamw with decay", TinyRun.VsrNet(12) with { Optimizer = "adamw", WeightDecay = 0.01, ClipNorm = 0 } },
        { "vsrnet triangular", TinyRun.VsrNet(12) with { Schedule = "triangular", CycleSteps = 5, MinLearningRate = 1e-4 } },
        { "vsrnet one-cycle", TinyRun.VsrNet(12) with { Schedule = "one-cycle" } },
        { "vsrnet constant", TinyRun.VsrNet(12) with { Schedule = "constant" } },
        { "vsrnet residual replicate", TinyRun.VsrNet(12) with { Residual = true, Padding = "replicate", Loss = "charbonnier" } },
        { "vsrnet with pictures and times", TinyRun.VsrNet(12) with { ImageEvery = 3, Timing = true } },
        { "vsrnet deterministic", TinyRun.VsrNet(12) with { Deterministic = true, Tf32 = false } },
        { "recurrent bf16", TinyRun.Options(12) with { Precision = "bf16", ImageEvery = 5 } },
        { "recurrent fp16", TinyRun.Options(12) with { Precision = "fp16", Flow = "none", Crop = 16, CropHeight = 16, CropWidth = 16 } },
        { "recurrent without flow", TinyRun.Options(12) with { Flow = "none", WeightDecay = 0.1, Schedule = "one-cycle" } },
    };

    public void Dispose()
    {
        _whole.Dispose();
        _cut.Dispose();
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void ToTheBit(string name, TrainingOptions options)
    {
        _ = name;
        TinyRun.Train(_whole.Path, options);
        using CancellationTokenSource stop = new();
        RecordingObserver stopAtStep8 = new(progress =>
        {
            if (progress.Step >= 8)
            {
                stop.Cancel();
            }
        });

        TrainingResult first = TinyRun.Train(_cut.Path, options, stopAtStep8, stop);
        TinyRun.Train(_cut.Path, options);

        Assert.InRange(first.Step, 8, 9);
        Assert.Equal(Lines(_whole), Lines(_cut));
        Assert.Equal(12, Lines(_whole).Length);
        string last = Path.Combine("checkpoints", "step-00000012");
        foreach (string file in new[] { "weights", "ema", "adam_mean", "adam_square" })
        {
            string path = Path.Combine(last, file + ".safetensors");
            Assert.Equal(File.ReadAllBytes(_whole.File(path)), File.ReadAllBytes(_cut.File(path)));
        }

        Assert.Equal(CheckpointState.Read(_whole.File(last)).LossScale, CheckpointState.Read(_cut.File(last)).LossScale);
        Assert.Equal(options.Precision == "fp16", CheckpointState.Read(_cut.File(last)).LossScale is not null);
    }

    [Fact]
    [Trait("Category", "Slow")]      // libtorch's CPU has only plain loops for float16
    public void ToTheBitInHalfPrecision() => ToTheBit("vsrnet fp16", TinyRun.VsrNet(12) with { Precision = "fp16", CropHeight = 8, CropWidth = 8 });

    [Fact]
    public void PicturesAndTimesChangeNothing()
    {
        TinyRun.Train(_whole.Path, TinyRun.VsrNet(6));
        TinyRun.Train(_cut.Path, TinyRun.VsrNet(6) with { ImageEvery = 1, Timing = true });

        Assert.Equal(Lines(_whole), Lines(_cut));
        Assert.Equal(File.ReadAllBytes(_whole.File("weights.safetensors"))[^64..], File.ReadAllBytes(_cut.File("weights.safetensors"))[^64..]);
    }

    [Fact]
    public void TheFlowNetworksFileIsNotNeededAgainAndItsWeightsAreKeptAsGiven()
    {
        string file = _cut.File("flow.safetensors");
        using (CompactFlow flow = new())
        {
            foreach (var parameter in flow.parameters())
            {
                using var noGrad = torch.no_grad();
                torch.nn.init.normal_(parameter, 0, 0.02);
            }

            NetworkWeights.Save(flow, file);
        }

        string run = Directory.CreateDirectory(_cut.File("run")).FullName;
        TrainingOptions options = TinyRun.VsrNet(12) with { Flow = "compact", FlowWeights = file, Precision = "bf16" };
        TinyRun.Train(_whole.Path, options);
        TinyRun.Train(run, options with { Steps = 8 });
        byte[] given = File.ReadAllBytes(file)[^1024..];
        File.Delete(file);
        TinyRun.Train(run, options);

        Assert.Equal(Lines(_whole).Select(line => line.Step), TinyRun.Losses(run).Select(line => line.Step));
        SafetensorsFile weights = SafetensorsFile.Read(Path.Combine(run, "weights.safetensors"));
        SafetensorsEntry last = weights.Find("flownet.nets.3.8.weight")!;
        using torch.Tensor kept = last.ToTensor();
        Assert.Equal(torch.ScalarType.Float32, kept.dtype);
        using torch.Tensor rounded = kept.to(torch.ScalarType.BFloat16).to(torch.ScalarType.Float32);
        Assert.True((kept - rounded).abs().max().item<float>() > 0, "rounded to bfloat16");
        Assert.True(File.ReadAllBytes(Path.Combine(run, "checkpoints", "step-00000012", "weights.safetensors")).AsSpan().IndexOf(given.AsSpan(0, 256)) > 0);
    }

    private static (long Step, float Loss, double Rate)[] Lines(Vsr.Tests.TemporaryFolder folder) =>
        [.. File.ReadLines(folder.File("metrics.jsonl")).Select(line => JsonNode.Parse(line)!).Select(line =>
            (line["step"]!.GetValue<long>(), line["loss"]!.GetValue<float>(), line["learning_rate"]!.GetValue<double>()))];
}
