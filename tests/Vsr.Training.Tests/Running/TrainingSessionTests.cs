using System.Text.Json.Nodes;
using Vsr.Models;

namespace Vsr.Training.Tests.Running;

public sealed class TrainingSessionTests : IDisposable
{
    private readonly Vsr.Tests.TemporaryFolder _whole = new();
    private readonly Vsr.Tests.TemporaryFolder _cut = new();

    public TrainingSessionTests() => OneThread.Ensure();

    public void Dispose()
    {
        _whole.Dispose();
        _cut.Dispose();
    }

    [Fact]
    public void AResumedRunHasTheLossesOfTheUninterruptedOneToTheBit()
    {
        TrainingOptions options = TinyRun.Options(steps: 12);
        TinyRun.Train(_whole.Path, options);
        using CancellationTokenSource stop = new();
        RecordingObserver stopAtStep8 = new(progress => CancelAt(8, progress, stop));

        TrainingResult first = TinyRun.Train(_cut.Path, options, stopAtStep8, stop);
        TrainingResult second = TinyRun.Train(_cut.Path, options);

        Assert.True(first.WasInterrupted);
        Assert.InRange(first.Step, 8, 9);
        Assert.False(second.WasInterrupted);
        Assert.Equal(TinyRun.Losses(_whole.Path), TinyRun.Losses(_cut.Path));
        Assert.Equal(12, TinyRun.Losses(_cut.Path).Length);
        Assert.Equal(File.ReadAllBytes(WeightsOf(_whole))[^64..], File.ReadAllBytes(WeightsOf(_cut))[^64..]);
    }

    [Fact]
    public void ARunThatDiesBetweenCheckpointsGoesOnFromTheLastWholeOne()
    {
        TrainingOptions options = TinyRun.Options(steps: 12);
        TinyRun.Train(_whole.Path, options);
        RecordingObserver dieAtStep12 = new(progress => DieAt(12, progress));

        Assert.Throws<InvalidOperationException>(() => TinyRun.Train(_cut.Path, options, dieAtStep12));
        string halfWritten = System.IO.Path.Combine(_cut.Path, "checkpoints", ".step-00000012.tmp");
        Directory.CreateDirectory(halfWritten);
        File.WriteAllText(System.IO.Path.Combine(halfWritten, "weights.safetensors"), "half");
        RecordingObserver observer = new();
        TinyRun.Train(_cut.Path, options, observer);

        Assert.Contains(observer.Messages, line => line.EndsWith("step 8", StringComparison.Ordinal));
        Assert.Equal(TinyRun.Losses(_whole.Path), TinyRun.Losses(_cut.Path));
        Assert.False(Directory.Exists(halfWritten));
    }

    [Fact]
    public void TheLastStepOfABlockTellsHowLongItsStepsWaitedForData()
    {
        TinyRun.Train(_whole.Path, TinyRun.Options(steps: 8));     // a checkpoint, and so a block, every four steps

        JsonNode[] lines = [.. File.ReadLines(System.IO.Path.Combine(_whole.Path, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!)];
        string events = Directory.GetFiles(System.IO.Path.Combine(_whole.Path, "tensorboard")).Single();
        Assert.Equal([null, null, null, 3.0, null, null, null, 3.0], lines.Select(line => line["data_ms"]?.GetValue<double>()));
        Assert.True(File.ReadAllBytes(events).AsSpan().IndexOf("data_ms"u8) > 0);
        Assert.Equal([4, 8], lines.Where(line => line["trained_s"] is not null).Select(line => line["step"]!.GetValue<int>()));
        double[] trained = [.. lines.Where(line => line["trained_s"] is not null).Select(line => line["trained_s"]!.GetValue<double>())];
        Assert.True(trained[0] >= 0 && trained[1] >= trained[0], string.Join(", ", trained));
    }

    [Fact]
    public void TheWeightsFileAloneRebuildsTheNetwork()
    {
        TinyRun.Train(_whole.Path, TinyRun.Options(steps: 2));

        using SuperResolutionNetwork network = NetworkWeights.LoadSuperResolution(WeightsOf(_whole));

        Assert.Equal("8", network.Settings["channels"]);
        Assert.Equal("2", SafetensorsFile.ReadMetadata(WeightsOf(_whole))["training.steps"]);
    }

    [Theory]
    [InlineData(2, "none", 32)]
    [InlineData(3, "channels", 48)]
    [InlineData(3, "picture", 48)]
    [InlineData(4, "picture", 32, true)]
    public void OtherScalesAndStatesAreTrained(int scale, string carry, int crop, bool twoDirections = false)
    {
        TrainingOptions options = TinyRun.Options(3) with { Scale = scale, Carry = carry, Crop = crop, TwoDirections = twoDirections, FlowChannels = 8, FlowLevels = 2 };

        TrainingResult result = TinyRun.Train(_whole.Path, options);

        using RecurrentVsr network = Assert.IsType<RecurrentVsr>(NetworkWeights.Load(result.WeightsPath));
        Assert.Equal((scale, carry != "none", carry == "picture"), (network.Scale, network.Options.CarryOutput, network.Options.WarpOutput));
        Assert.Equal((8, 2, twoDirections), (network.Options.FlowChannels, network.Options.FlowLevels, network.Options.TwoDirections));
        Assert.All(network.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }

    [Fact]
    public void TwoCheckpointsAreKept()
    {
        TinyRun.Train(_whole.Path, TinyRun.Options(steps: 12));

        Assert.Equal(
            ["step-00000008", "step-00000012"],
            Directory.GetFileSystemEntries(System.IO.Path.Combine(_whole.Path, "checkpoints")).Select(System.IO.Path.GetFileName).Order());
    }

    [Fact]
    public void ACheckpointOfAnotherNetworkIsRefusedWithItsKeys()
    {
        TinyRun.Train(_whole.Path, TinyRun.Options(steps: 1));

        CheckpointException failure = Assert.Throws<CheckpointException>(
            () => TinyRun.Train(_whole.Path, TinyRun.Options(steps: 2) with { Channels = 16 }));

        Assert.Contains("head.weight", failure.Message, StringComparison.Ordinal);
        Assert.Contains("head.weight", failure.Keys);
    }

    private static string WeightsOf(Vsr.Tests.TemporaryFolder folder) => folder.File("weights.safetensors");

    private static void CancelAt(long step, TrainingProgress progress, CancellationTokenSource stop)
    {
        if (progress.Step >= step)
        {
            stop.Cancel();
        }
    }

    private static void DieAt(long step, TrainingProgress progress)
    {
        if (progress.Step >= step)
        {
            throw new InvalidOperationException("killed");
        }
    }
}
