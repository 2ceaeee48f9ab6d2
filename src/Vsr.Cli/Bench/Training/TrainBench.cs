using System.Runtime.InteropServices;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Training;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench.Training;

/// <summary>Training steps of the program's own trainer on random pixels: reduction, forward, backward, clipping, AdamW, averaging.</summary>
/// <param name="settings">What to measure.</param>
/// <param name="backend">Where.</param>
/// <param name="log">Takes a line a row.</param>
/// <param name="cancellation">Ends the measuring.</param>
internal sealed class TrainBench(TrainBenchSettings settings, Backend backend, TextWriter log, CancellationToken cancellation)
{
    private readonly Device _device = backend.Device;

    // A graph's recording asks for a batch of its own before the first step.
    private int LastStep => settings.WarmUp + settings.Steps - (!settings.Eager && CudaGraph.IsAvailable(_device) ? 0 : 1);

    /// <summary>Measures all rows; one for which memory does not suffice says so in its note.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<TrainRow> Measure()
    {
        CudnnFlags.Benchmark = true;
        return [.. settings.Batches.SelectMany(batch => settings.Precisions.Select(precision => Measure(batch, precision)))];
    }

    private TrainRow Measure(int batch, string precision)
    {
        cancellation.ThrowIfCancellationRequested();
        log.WriteLine($"{settings.Network}, {precision}, batch {batch}: {settings.Steps} steps after {settings.WarmUp}");
        CudnnFlags.AllowTf32Convolutions = precision != "fp32";
        CudnnFlags.AllowTf32MatrixProducts = precision != "fp32";
        random.manual_seed(1);
        TrainRow row = new()
        {
            Network = settings.Network,
            Flow = settings.Network == NetworkCatalog.VsrNet ? settings.Flow : null,
            Precision = precision,
            Batch = batch,
            Frames = settings.Frames,
            Crop = settings.Crop,
            Machine = BenchMachine.Describe(backend),
        };
        try
        {
            using StepClock clock = new(_device, settings.Profile && backend.IsCuda ? LastStep : null);
            return Measure(row, clock, TrainingPrecision.Of(precision));
        }
        catch (Exception failure) when (IsOutOfMemory(failure))
        {
            return row with { Note = "the device's memory does not suffice" };
        }
    }

    private TrainRow Measure(TrainRow row, StepClock clock, ScalarType precision)
    {
        using Network network = MakeNetwork();
        SequenceShape shape = new(row.Batch, settings.Frames, settings.CropHeight, settings.CropWidth);
        RandomBatches batches = new(clock);
        using ITrainingTask task = network is VsrNet vsrNet
            ? new VsrNetTask(vsrNet, batches, new MeanSquaredError(), shape, _device)
            : new RecurrentTask((RecurrentVsr)network, batches, new Charbonnier(), shape, shape, 1, _device);
        using TrainedParameters parameters = new(network, _device, precision);
        using Trainer trainer = new(
            task, parameters, new ConstantSchedule(), 1e-4, new TrainingBudget(settings.WarmUp + settings.Steps, null),
            new TrainingClock(TimeProvider.System, default), _device, settings.Eager, new SilentObserver())
        {
            StepQueued = clock.End,
        };
        List<float> losses = [];
        trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), cancellation);
        cancellation.ThrowIfCancellationRequested();
        (IReadOnlyList<double> times, double wallMs) = clock.After(clock.Count - settings.Steps);
        double[] ordered = [.. times.Order()];
        return row with
        {
            Graph = backend.IsCuda ? trainer.UsesGraph : null,
            GpuMs = backend.IsCuda ? Math.Round(ordered[ordered.Length / 2], 3) : null,
            GpuMsLeast = backend.IsCuda ? Math.Round(ordered[0], 3) : null,
            WallMs = Math.Round(wallMs, 3),
            GapMs = backend.IsCuda ? Math.Round(wallMs - times.Average(), 3) : null,
            DeviceMib = DeviceMemory.Query(_device)?.UsedBytes / (double)(1 << 20) is { } mib ? Math.Round(mib) : null,
            Loss = losses[^1],
        };
    }

    private Network MakeNetwork()
    {
        if (settings.Network == NetworkCatalog.Recurrent)
        {
            RecurrentVsr recurrent = new(new RecurrentOptions());
            recurrent.train();
            return recurrent;
        }

        VsrNetFlow flow = (VsrNetFlow)Array.IndexOf(TrainBenchSettings.Flows, settings.Flow);
        VsrNet network = new(new VsrNetOptions { Flow = flow, Frames = settings.Frames });
        network.train();
        network.Flow?.eval();
        return network;
    }

    private static bool IsOutOfMemory(Exception failure) => failure is BackendException { IsOutOfMemory: true }
        || (failure is ExternalException native && BackendException.From(native, "vsr bench train").IsOutOfMemory);

    private sealed class SilentObserver : ITrainingObserver
    {
        public void Message(string line)
        {
        }

        public void Warning(string line)
        {
        }

        public void Progress(TrainingProgress progress)
        {
        }
    }
}
