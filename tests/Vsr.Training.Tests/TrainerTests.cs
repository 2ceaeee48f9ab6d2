using Vsr.Models;
using Vsr.Torch;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Tests;

public class TrainerTests
{
    private static readonly SequenceShape Shape = new(1, 3, 32, 32);

    public TrainerTests() => OneThread.Ensure();

    [Fact]
    public void ATinyRecurrentNetworkOverfitsOneClip()
    {
        float[] losses = TrainRecurrent(steps: 150, new FakeBatches(1, repeat: true), flow: false);

        Assert.True(losses[^5..].Average() < 0.5 * losses[0], $"{losses[0]} -> {losses[^5..].Average()}");
        Assert.Equal(150, losses.Length);
    }

    [Fact]
    public void TheLossFallsWithFlowAndChangingBatches()
    {
        float[] losses = TrainRecurrent(steps: 60, new FakeBatches(1), flow: true);

        Assert.True(losses[^20..].Average() < 0.9 * losses[..20].Average(), $"{losses[..20].Average()} -> {losses[^20..].Average()}");
    }

    [Fact]
    public void VsrNetLearnsOneClip()
    {
        random.manual_seed(3);
        using VsrNet network = new(new VsrNetOptions { Frames = 3, Residual = true });
        using VsrNetTask task = new(network, new FakeBatches(1, repeat: true), new MeanSquaredError(), Shape, CPU);

        float[] losses = Train(task, steps: 25, learningRate: 1e-3);

        Assert.True(losses[^3..].Average() < 0.8 * losses[0], $"{losses[0]} -> {losses[^3..].Average()}");
    }

    [Fact]
    public void LiveTensorsDoNotDrift()
    {
        random.manual_seed(7);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1 });
        using RecurrentTask task = new(network, new FakeBatches(1), new Charbonnier(), Shape, Shape, 1, CPU);
        using TrainedParameters parameters = new(network, CPU, ScalarType.Float32);
        List<long> counts = [];

        Train(task, parameters, steps: 12, learningRate: 1e-3, isDue: _ => true, afterBlock: () => counts.Add(LiveTensors.Count));

        Assert.Equal(counts[2], counts[^1]);
    }

    [Fact]
    public void WithBfloat16TheMastersMoveByLessThanTheWeightsCanShow()
    {
        random.manual_seed(7);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1 });
        using RecurrentTask task = new(network, new FakeBatches(1), new Charbonnier(), Shape, Shape, 1, CPU);
        using TrainedParameters parameters = new(network, CPU, ScalarType.BFloat16);
        float[] before = parameters.Masters[0].flatten().data<float>().ToArray();

        Train(task, parameters, steps: 3, learningRate: 1e-6, isDue: _ => false, afterBlock: () => { });

        float[] after = parameters.Masters[0].flatten().data<float>().ToArray();
        Assert.Equal(ScalarType.BFloat16, parameters.Parameters[0].dtype);
        Assert.NotEqual(before, after);
        Assert.All(before.Zip(after), pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-5));
        Assert.Equal(
            parameters.Masters[0].to(ScalarType.BFloat16).to(ScalarType.Float32).flatten().data<float>().ToArray(),
            parameters.Parameters[0].to(ScalarType.Float32).flatten().data<float>().ToArray());
    }

    [Fact]
    public void WithFloat16AStepThatOverflowsIsSkippedAndTheScaleHalved()
    {
        random.manual_seed(7);
        SequenceShape small = new(1, 2, 16, 16);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 0, UseFlow = false });
        using RecurrentTask task = new(network, new FakeBatches(1), new Charbonnier(), small, small, 1, CPU);
        using TrainedParameters parameters = new(network, CPU, ScalarType.Float16);
        using Trainer trainer = CreateTrainer(task, parameters, steps: 3, learningRate: 1e-3);
        float[] before = Values();
        List<float[]> after = [];
        trainer.Scale!.Scale.fill_(1e30);

        trainer.Run(
            _ => true,
            _ =>
            {
                after.Add(Values());
                trainer.Scale.Scale.fill_(after.Count < 2 ? 1e30 : 1024);
            },
            CancellationToken.None);

        Assert.Equal(before, after[0]);
        Assert.Equal(before, after[1]);
        Assert.NotEqual(before, after[2]);
        Assert.Equal((1L, 2f), (trainer.Optimizer.Steps, trainer.Scale.Skipped.item<float>()));
        Assert.All(after[2], value => Assert.True(float.IsFinite(value)));
        Assert.Equal(ScalarType.Float16, parameters.Parameters[0].dtype);

        float[] Values() => [.. parameters.Masters.Tensors.SelectMany(t => t.flatten().data<float>().ToArray())];
    }

    [Fact]
    public void LossesAndWeightsOfFloat16AreThoseOfFloat32Closely()
    {
        float[] half = Losses(ScalarType.Float16);
        float[] full = Losses(ScalarType.Float32);

        Assert.All(half.Zip(full), pair => Assert.Equal(pair.Second, pair.First, tolerance: 0.02f * pair.Second));

        static float[] Losses(ScalarType precision)
        {
            random.manual_seed(7);
            SequenceShape small = new(1, 2, 16, 16);
            using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 0, UseFlow = false });
            using RecurrentTask task = new(network, new FakeBatches(1), new Charbonnier(), small, small, 1, CPU);
            using TrainedParameters parameters = new(network, CPU, precision);
            using Trainer trainer = CreateTrainer(task, parameters, steps: 10, learningRate: 1e-3);
            List<float> losses = [];
            trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);
            return [.. losses];
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-4)]
    public void GradientsAreShortenedToTheNormOrLeft(double clipNorm)
    {
        random.manual_seed(3);
        using VsrNet network = new(new VsrNetOptions { Frames = 3, Residual = true });
        using VsrNetTask task = new(network, new FakeBatches(1), new MeanSquaredError(), Shape, CPU);
        using TrainedParameters parameters = new(network, CPU, ScalarType.Float32);
        using Trainer trainer = CreateTrainer(task, parameters, steps: 1, learningRate: 1e-3, new TrainerSettings { ClipNorm = clipNorm });

        trainer.Run(_ => false, _ => { }, CancellationToken.None);

        using Tensor norm = parameters.Gradients.GlobalNorm();
        Assert.True(clipNorm == 0 ? norm.item<float>() > 1e-3 : Math.Abs(norm.item<float>() - clipNorm) < 1e-7, $"{norm.item<float>()}");
    }

    private static Trainer CreateTrainer(
        ITrainingTask task, TrainedParameters parameters, long steps, double learningRate, TrainerSettings? settings = null) => new(
            task, parameters, new CosineSchedule { WarmUpSteps = 5 }, learningRate, new TrainingBudget(steps, null),
            new TrainingClock(TimeProvider.System, default), CPU, eager: true, new RecordingObserver(), settings);

    private static float[] TrainRecurrent(long steps, FakeBatches batches, bool flow)
    {
        random.manual_seed(7);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1, UseFlow = flow });
        using RecurrentTask task = new(network, batches, new Charbonnier(), Shape, Shape, 1, CPU);
        return Train(task, steps, learningRate: 3e-3);
    }

    private static float[] Train(ITrainingTask task, long steps, double learningRate)
    {
        using TrainedParameters parameters = new(task.Network, CPU, ScalarType.Float32);
        return Train(task, parameters, steps, learningRate, _ => false, () => { });
    }

    private static float[] Train(
        ITrainingTask task, TrainedParameters parameters, long steps, double learningRate, Predicate<long> isDue, Action afterBlock)
    {
        List<float> losses = [];
        using Trainer trainer = CreateTrainer(task, parameters, steps, learningRate);
        trainer.Run(
            isDue,
            block =>
            {
                losses.AddRange(block.Select(entry => entry.Loss));
                afterBlock();
            },
            CancellationToken.None);
        return losses.ToArray();
    }
}
