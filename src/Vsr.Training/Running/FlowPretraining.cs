using Vsr.Models;
using Vsr.Training.Checkpoints;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>Trains the flow network of a recurrent run before the rest: a run of its own in the folder flow/, resumed and logged like any.</summary>
internal sealed class FlowPretraining(
    TrainingOptions options, RunFolder folder, TrainingData data, Device device, ITrainingObserver observer)
{
    private const double ShareOfTime = 0.1;
    private const double LearningRate = 6e-4;
    private const int PairsPerSequence = 4;
    private const int MostPairs = 64;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(35);

    /// <summary>Training time spent on the flow.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Whether the settings ask for it and there is a flow network to train.</summary>
    public static bool IsWanted(TrainingOptions options, Network network) =>
        network is RecurrentVsr { Flow: not null } && options.FlowPretraining && options.PoolStills > 0 && options.Init is null;

    /// <summary>Trains, or goes on, and gives the network the averaged flow weights.</summary>
    public TrainingResult Run(RecurrentVsr network, CancellationToken cancellation)
    {
        TrainingBudget budget = options.FlowSteps is { } steps ? new(steps, null)
            : options.Minutes is { } minutes ? new(null, Shorter(TimeSpan.FromMinutes(minutes * ShareOfTime), MostTime))
            : new(options.Steps, null);
        RunFolder flowFolder = folder.Flow;
        if (new CheckpointFolder(folder.Path).List().Count > 0)
        {
            return WhenDone(flowFolder);      // the run's own checkpoint holds the flow network
        }

        Directory.CreateDirectory(flowFolder.Path);
        TrainingOptions settings = options with
        {
            Network = NetworkCatalog.Flow,
            Out = flowFolder.Path,
            Batch = Math.Min(MostPairs, options.Batch!.Value * PairsPerSequence),
            LearningRate = LearningRate,
            MinLearningRate = null,
            CycleSteps = null,
            WarmUpSteps = (int)Math.Clamp((budget.Steps ?? 2000) / 10, 1, 200),
            PoolMinutes = 0,
            ValidateEvery = 0,
        };
        using CompactFlow flow = new(network.Flow!.Options);
        using FlowTask task = data.CreateFlowTask(flow, settings.Batch.Value);
        using TrainingSession session = new(settings, task, budget, flowFolder, device, observer, TimeProvider.System);
        TrainingResult result = session.Run(cancellation);
        Elapsed = session.Elapsed;
        observer.Message(FormattableString.Invariant(
            $"flow: {result.Step} steps in {Elapsed.TotalSeconds:F1} s, {result.MillisecondsPerStep:F2} ms a step"));
        NetworkWeights.LoadInto(network.Flow!, result.WeightsPath);
        return result;
    }

    private TrainingResult WhenDone(RunFolder flowFolder)
    {
        string? last = new CheckpointFolder(flowFolder.Path).List().Select(entry => entry.Path).FirstOrDefault();
        CheckpointState? state = last is null ? null : CheckpointState.Read(last);
        Elapsed = TimeSpan.FromSeconds(state?.ElapsedSeconds ?? 0);
        return new TrainingResult(state?.Step ?? 0, false, flowFolder.Weights, 0);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
