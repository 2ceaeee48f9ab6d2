using System.Text.Json.Nodes;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using Vsr.Training.Tests.Running;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Tasks;

/// <summary>Training of the flow network alone, on a few small pairs.</summary>
public sealed class PairFlowTaskTests : IDisposable
{
    private static readonly CompactFlowOptions Small = new() { Levels = 3, Channels = 24 };

    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _still;

    public PairFlowTaskTests()
    {
        OneThread.Ensure();
        random.manual_seed(5);
        using var scope = NewDisposeScope();
        Tensor noise = nn.functional.interpolate(
            rand(1, 3, 40, 40), size: [200, 200], mode: InterpolationMode.Bicubic, align_corners: false);
        _still = (noise.clamp(0, 1) * 255).to(ScalarType.Byte).squeeze(0).DetachFromDisposeScope();
    }

    public void Dispose()
    {
        _still.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void AFewDozenStepsLowerTheError()
    {
        using CompactFlow network = new(Small);
        network.DrawWeights();
        using PairFlowTask task = new(network, new RepeatedPairs(Source(8)), pairs: 8, crop: 64, CPU);
        using TrainedParameters parameters = new(network, CPU, ScalarType.Float32);
        List<float> losses = [];
        using Trainer trainer = new(
            task, parameters, new ConstantSchedule { WarmUpSteps = 1 }, 2e-3, new TrainingBudget(60, null),
            new TrainingClock(TimeProvider.System, default), CPU, eager: true, new RecordingObserver());

        trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);

        Assert.True(losses[^5..].Average() < 0.6 * losses[0], $"{losses[0]} -> {losses[^5..].Average()}");
        IReadOnlyList<TrainingPicture> pictures = task.Pictures();
        Assert.Equal(["first", "flow", "true_flow"], pictures.Select(picture => picture.Tag));
        Assert.All(pictures, picture => Assert.Equal([3, 64, 64], picture.Rgb.shape));
        using Tensor difference = (pictures[1].Rgb - pictures[2].Rgb).abs().mean();
        Assert.InRange(difference.item<float>(), 1e-4, 0.3);        // the estimate's colours are near the truth's
        foreach (TrainingPicture picture in pictures)
        {
            picture.Rgb.Dispose();
        }
    }

    [Fact]
    public void AResumedRunHasTheLossesAndTheWeightsOfTheUninterruptedOneToTheBit()
    {
        Train("whole", steps: 12, pairs: 3);
        using CancellationTokenSource stop = new();
        TrainingResult first = Train("cut", steps: 12, pairs: 3, new RecordingObserver(progress =>
        {
            if (progress.Step >= 8)
            {
                stop.Cancel();
            }
        }), stop);
        TrainingResult second = Train("cut", steps: 12, pairs: 3);

        Assert.True(first.WasInterrupted);
        Assert.False(second.WasInterrupted);
        Assert.Equal(TinyRun.Losses(_folder.File("whole")), TinyRun.Losses(_folder.File("cut")));
        Assert.Equal(Weights("whole"), Weights("cut"));
    }

    [Fact]
    public void ARenewedPoolIsAnotherOneAndARestoredSourceDeliversTheSamePairs()
    {
        using FlowPairSource source = Source(3);
        using FlowPairs pairs = Empty();
        using FlowPairs again = Empty();
        source.Fill(pairs);
        JsonObject state = source.Save();
        source.Fill(pairs);

        source.Renew();
        source.Fill(again);
        Assert.False(AreEqual(pairs.First, again.First));
        source.Restore(state);
        source.Fill(again);

        Assert.True(AreEqual(pairs.First, again.First) && AreEqual(pairs.Second, again.Second) && AreEqual(pairs.Flow, again.Flow));
    }

    private static FlowPairs Empty() => new(
        zeros([2, 3, 64, 64], ScalarType.Byte), zeros([2, 3, 64, 64], ScalarType.Byte), zeros([2, 2, 64, 64]));

    private static bool AreEqual(Tensor a, Tensor b)
    {
        using Tensor same = a.eq(b).all();
        return same.item<bool>();
    }

    private FlowPairSource Source(int pairs) =>
        new([_still], pairs, 96, 3, CPU, new RecordingObserver(), CancellationToken.None);

    private TrainingResult Train(
        string run, long steps, int pairs, RecordingObserver? observer = null, CancellationTokenSource? stop = null)
    {
        random.manual_seed(1);
        TrainingOptions options = new TrainingOptions
        {
            Network = NetworkCatalog.Flow,
            Root = "none",
            Out = "none",
            Steps = steps,
            LearningRate = 3e-3,
            CheckpointEvery = 4,
        }.Resolve(onGpu: false);
        using CompactFlow network = new(Small);
        network.DrawWeights();
        using PairFlowTask task = new(network, Source(pairs), pairs: 2, crop: 64, CPU);
        Directory.CreateDirectory(_folder.File(run));
        using TrainingSession session = new(
            options, task, new TrainingBudget(steps, null), new RunFolder(_folder.File(run)), CPU, observer ?? new RecordingObserver(),
            TimeProvider.System);
        return session.Run(stop?.Token ?? CancellationToken.None);
    }

    private Dictionary<string, float[]> Weights(string run)
    {
        using FlowNetwork network = NetworkWeights.LoadFlow(Path.Combine(_folder.File(run), "weights.safetensors"));
        return network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().ToArray());
    }
}
