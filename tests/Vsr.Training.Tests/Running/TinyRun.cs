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

    /// <summary>Trains in a folder, from its newest checkpoint if it has one.</summary>
    public static TrainingResult Train(
        string folder, TrainingOptions options, RecordingObserver? observer = null, CancellationTokenSource? stop = null)
    {
        using RecurrentVsr network = (RecurrentVsr)TrainingNetwork.Create(options);
        SequenceShape early = new(options.Batch!.Value, options.Unroll!.Value, options.Crop!.Value, options.Crop!.Value);
        using RecurrentTask task = new(
            network, new FakeBatches(1), new Charbonnier(), early, early with { Frames = options.LateUnroll!.Value }, options.LateFrom, CPU);
        using TrainingSession session = new(
            options, task, new TrainingBudget(options.Steps, null), new RunFolder(folder), CPU,
            observer ?? new RecordingObserver(), TimeProvider.System);
        return session.Run(stop?.Token ?? CancellationToken.None);
    }

    public static (long Step, float Loss)[] Losses(string folder) => File.ReadLines(Path.Combine(folder, "metrics.jsonl"))
        .Select(line => JsonNode.Parse(line)!)
        .Select(line => (line["step"]!.GetValue<long>(), line["loss"]!.GetValue<float>()))
        .ToArray();
}
