using TorchSharp;
using Vsr.Training.Running;

namespace Vsr.Training.Tests.Running;

/// <summary>What is said before a run whose arithmetic does not suit the device.</summary>
public class ArithmeticTests
{
    [Fact]
    public void NetworksMadeForAGpuAreSaidToTakeMinutesAStepOnACpu()
    {
        TrainingOptions options = new TrainingOptions { Network = "recurrent", Steps = 1 }.Resolve(onGpu: false);

        string warning = Assert.Single(Warnings(options));

        Assert.Contains("a step of 16 sequences through 128 channels x 10 blocks takes minutes on a CPU", warning, StringComparison.Ordinal);
        Assert.Empty(Warnings(options with { Channels = 32, Blocks = 3, Batch = 4, Crop = 128 }));
        Assert.Empty(Warnings(options with { Network = "vsrnet" }));
    }

    private static List<string> Warnings(TrainingOptions options)
    {
        RecordingObserver observer = new();
        Arithmetic.Set(options, torch.CPU, observer);
        return observer.Warnings;
    }
}
