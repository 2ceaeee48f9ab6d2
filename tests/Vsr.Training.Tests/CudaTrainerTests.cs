using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using Vsr.Training.Tests.Running;
using static TorchSharp.torch;

namespace Vsr.Training.Tests;

/// <summary>The recorded step against the step as it is, on a GPU.</summary>
[Trait("Category", "Gpu")]
public class CudaTrainerTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void AGraphTrainsAsEagerStepsDo(ScalarType precision)
    {
        Device device = TorchTestBackend.RequireCuda();

        (float[] eager, _) = Train(device, precision, eager: true);
        (float[] graph, IReadOnlyList<string> messages) = Train(device, precision, eager: false);

        Assert.Contains(messages, line => line.Contains("one CUDA graph", StringComparison.Ordinal));
        Assert.Equal(eager.Length, graph.Length);
        Assert.All(eager.Zip(graph), pair => Assert.Equal(pair.First, pair.Second, tolerance: 0.02f * pair.First));
        Assert.True(graph[^5..].Average() < 0.9 * graph[0], $"{graph[0]} -> {graph[^5..].Average()}");
    }

    [Theory]
    [InlineData("vsrnet", "fp32", true)]
    [InlineData("vsrnet", "bf16", false)]
    [InlineData("vsrnet", "fp16", false)]
    [InlineData("recurrent", "bf16", false)]
    public void ADeterministicRunHasTheSameBitsTwice(string architecture, string precision, bool eager)
    {
        Device device = TorchTestBackend.RequireCuda();
        TrainingOptions tiny = architecture == "vsrnet" ? TinyRun.VsrNet(30) : TinyRun.Options(30) with { Flow = "none", Channels = 32, Blocks = 2 };
        TrainingOptions options = tiny with { Precision = precision, Deterministic = true };
        Assert.Null(Arithmetic.Varying(options));
        Arithmetic.Set(options, device, new RecordingObserver());
        try
        {
            Assert.Equal(Losses(), Losses());
        }
        finally
        {
            Arithmetic.Set(options with { Deterministic = false }, device, new RecordingObserver());
        }

        float[] Losses()
        {
            random.manual_seed(7);
            using Network network = TrainingNetwork.Create(options);
            SequenceShape shape = new(2, 3, 64, 96);
            using ITrainingTask task = network is VsrNet vsrNet
                ? new VsrNetTask(vsrNet, new FakeBatches(1), new MeanSquaredError(), shape, device)
                : new RecurrentTask((RecurrentVsr)network, new FakeBatches(1), new Charbonnier(), shape, shape, 1, device);
            using TrainedParameters parameters = new(network, device, TrainingPrecision.Of(precision));
            using Trainer trainer = new(
                task, parameters, new CosineSchedule { WarmUpSteps = 5 }, 1e-3, new TrainingBudget(30, null),
                new TrainingClock(TimeProvider.System, default), device, eager, new RecordingObserver(), TrainerSettings.Of(options));
            List<float> losses = [];
            trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);
            return [.. losses];
        }
    }

    private static (float[] Losses, IReadOnlyList<string> Messages) Train(Device device, ScalarType precision, bool eager)
    {
        random.manual_seed(7);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 32, Blocks = 2, LookAhead = 1 });
        SequenceShape early = new(2, 4, 64, 64);
        SequenceShape late = new(1, 6, 64, 64);
        using RecurrentTask task = new(network, new FakeBatches(1, repeat: true), new Charbonnier(), early, late, 0.75, device);
        using TrainedParameters parameters = new(network, device, precision);
        RecordingObserver observer = new();
        using Trainer trainer = new(
            task, parameters, new CosineSchedule { WarmUpSteps = 5 }, 1e-3, new TrainingBudget(60, null),
            new TrainingClock(TimeProvider.System, default), device, eager, observer);
        List<float> losses = [];
        trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);
        return (losses.ToArray(), observer.Messages);
    }
}
