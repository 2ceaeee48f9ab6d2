using System.Text.Json.Nodes;
using Vsr.Models;
using Vsr.Training.Losses;
using Vsr.Training.Running;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Running;

/// <summary>A run small enough for a test: a recurrent network of 8 channels on made-up sequences, settings as given.</summary>
internal static class TinyRun
{
    public static TrainingOptions Options(long steps) => new TrainingOptions
    {
        Root = "none",
        Out = "none",
        Steps = steps,
        Batch = 1,
        Crop = 32,
        Unroll = 2,
        LateUnroll = 3,
        LearningRate = 3e-3,
        Channels = 8,
        Blocks = 1,
        LookAhead = 1,
        CheckpointEvery = 4,
    }.Resolve(onGpu: false);

    /// <summary>The same for vsrnet: windows of three frames of 16x24.</summary>
    public static TrainingOptions VsrNet(long steps) => new TrainingOptions
    {
        Network = "vsrnet",
        Root = "none",
        Out = "none",
        Steps = steps,
        Batch = 2,
        CropHeight = 16,
        CropWidth = 24,
        LearningRate = 3e-3,
        CheckpointEvery = 4,
        ImageEvery = 0,
    }.Resolve(onGpu: false);

    /// <summary>Trains in a folder, from its newest checkpoint if it has one.</summary>
    public static TrainingResult Train(
        string folder, TrainingOptions options, RecordingObserver? observer = null, CancellationTokenSource? stop = null)
    {
        using Network network = TrainingNetwork.Create(options, new RunFolder(folder).LatestCheckpoint);
        using ITrainingTask task = CreateTask(network, options);
        using TrainingSession session = new(
            options, task, new TrainingBudget(options.Steps, null), new RunFolder(folder), CPU,
            observer ?? new RecordingObserver(), TimeProvider.System)
        {
            Epoch = options.Timing ? new EpochLength(5, options.Batch!.Value) : null,
        };
        return session.Run(stop?.Token ?? CancellationToken.None);
    }

    private static ITrainingTask CreateTask(Network network, TrainingOptions options)
    {
        if (network is VsrNet vsrNet)
        {
            SequenceShape window = new(options.Batch!.Value, options.Frames!.Value, options.CropHeight!.Value, options.CropWidth!.Value);
            return new VsrNetTask(vsrNet, new FakeBatches(1), new MeanSquaredError(), window, CPU);
        }

        SequenceShape early = new(options.Batch!.Value, options.Unroll!.Value, options.Crop!.Value, options.Crop!.Value);
        return new RecurrentTask(
            (RecurrentVsr)network, new FakeBatches(1), new Charbonnier(), early, early with { Frames = options.LateUnroll!.Value },
            options.LateFrom, CPU);
    }

    public static (long Step, float Loss)[] Losses(string folder) => File.ReadLines(Path.Combine(folder, "metrics.jsonl"))
        .Select(line => JsonNode.Parse(line)!)
        .Select(line => (line["step"]!.GetValue<long>(), line["loss"]!.GetValue<float>()))
        .ToArray();
}
