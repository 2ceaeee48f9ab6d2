using Vsr.Tests;
using Vsr.Torch.Tests.Gpu;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Optimization;

public sealed class TrainingStepTests
{
    [Fact]
    public void A_step_on_the_cpu_learns_repeats_to_the_bit_and_leaks_nothing()
    {
        TorchTestBackend.Ensure();
        (float first, float last, long growth) = Train();
        Assert.True(last < 0.8 * first, $"the loss went from {first} to {last}");
        Assert.Equal(0, growth);
        Assert.Equal((first, last, growth), Train());
    }

    private static (float First, float Last, long Growth) Train()
    {
        using TrainingStep step = new(CPU, seed: 1, ScalarType.Float32);
        random.manual_seed(2);
        using Tensor input = rand(2, 3, 32, 32);
        step.Input.copy_(input);
        step.Optimizer.SetLearningRate(1e-2);
        step.Run();
        float first = step.Loss.item<float>();
        long live = LiveTensors.Count;
        for (int i = 0; i < 15; i++)
        {
            step.Run();
        }

        return (first, step.Loss.item<float>(), LiveTensors.Count - live);
    }
}
