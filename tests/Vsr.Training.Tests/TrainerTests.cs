using Vsr.Models;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Tests;

public class TrainerTests
{
    public TrainerTests() => OneThread.Ensure();

    [Fact]
    public void TheLossOfATinyRecurrentNetworkFalls()
    {
        float[] losses = Train(steps: 60);

        Assert.True(
            losses[^10..].Average() < 0.7 * losses[..10].Average(), $"{losses[..10].Average()} -> {losses[^10..].Average()}");
    }

    private static float[] Train(long steps)
    {
        random.manual_seed(7);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1 });
        SequenceShape shape = new(2, 3, 32);
        using RecurrentTask task = new(network, new FakeBatches(1), new Charbonnier(), shape, shape, 1, CPU);
        using TrainedParameters parameters = new(network, CPU, bfloat16: false);
        TrainingBudget budget = new(steps, null);
        using Trainer trainer = new(
            task, parameters, new CosineSchedule { WarmUpSteps = 5 }, 3e-3, budget, new TrainingClock(TimeProvider.System, default), CPU);
        List<float> losses = [];

        trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);

        return losses.ToArray();
    }
}
