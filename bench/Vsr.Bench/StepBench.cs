using Vsr.Models;
using Vsr.Torch;
using Vsr.Training;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Bench;

/// <summary>Training steps of the library's trainer: reduction, forward, backward, clipping, AdamW, averaging.</summary>
internal sealed class StepBench(Device device, int steps, int? profiledStep)
{
    /// <summary>VSRNet with FlowNet2-SD: random weights, the flow network frozen; windows of three frames, two flows a step.</summary>
    public Measurement VsrNet(int batch, int height, int width, bool bfloat16, bool tf32)
    {
        CudnnFlags.AllowTf32Convolutions = tf32;
        CudnnFlags.AllowTf32MatrixProducts = tf32;
        random.manual_seed(1);
        using VsrNet network = new(new VsrNetOptions { Flow = VsrNetFlow.FlowNetSD });
        network.train();
        network.Flow!.eval();
        using StepTimer timer = new(device, profiledStep);
        SequenceShape shape = new(batch, network.Options.Frames, height, width);
        using VsrNetTask task = new(network, new RandomBatches(timer), new MeanSquaredError(), shape, device);
        return Run(task, timer, bfloat16);
    }

    /// <summary>The recurrent network on sequences of T frames, square crops, low resolution a quarter of the crop.</summary>
    public Measurement Recurrent(RecurrentOptions options, int batch, int frames, int crop)
    {
        CudnnFlags.AllowTf32Convolutions = true;
        CudnnFlags.AllowTf32MatrixProducts = true;
        random.manual_seed(1);
        using RecurrentVsr network = new(options);
        network.train();
        using StepTimer timer = new(device, profiledStep);
        SequenceShape shape = new(batch, frames, crop, crop);
        using RecurrentTask task = new(network, new RandomBatches(timer), new Charbonnier(), shape, shape, 1, device);
        return Run(task, timer, bfloat16: true);
    }

    private Measurement Run(ITrainingTask task, StepTimer timer, bool bfloat16)
    {
        using TrainedParameters parameters = new(task.Network, device, bfloat16);
        SilentObserver observer = new();
        using Trainer trainer = new(
            task, parameters, new ConstantSchedule(), 1e-4, new TrainingBudget(steps + Measurement.WarmUp, null),
            new TrainingClock(TimeProvider.System, default), device, eager: false, observer);
        List<float> losses = [];
        trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);
        bool graph = CudaGraph.IsAvailable(device);

        // a graph's recording asks for a batch of its own before the first step
        IReadOnlyList<double> times = timer.After(Measurement.WarmUp + (graph ? 1 : 0));
        double used = (DeviceMemory.Query(device)?.UsedBytes ?? 0) / (double)(1L << 30);
        string memory = used > 0 ? FormattableString.Invariant($", {used:F1} GiB in use") : "";
        return new(times, FormattableString.Invariant($"{(graph ? "CUDA graph" : "eager")}, loss {losses[^1]:G4}{memory}"));
    }
}
