using Vsr.Torch;
using Vsr.Training.Running;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Running;

public sealed class LossScaleWatchTests
{
    public LossScaleWatchTests() => OneThread.Ensure();

    [Fact]
    public void ARunThatNoScaleHelpsEndsAndSkippedStepsAreTold()
    {
        using LossScale scale = new(CPU);
        LossScaleWatch watch = new(scale);
        using Tensor bad = full([3], float.NaN);

        Assert.Equal(65536f, watch.Check(1));
        Assert.Null(watch.Skipped(1));
        for (int i = 0; i < 26; i++)
        {
            scale.Unscale(new TensorList([bad]));
            scale.Update();
        }

        Assert.Equal(1f / 1024, watch.Check(26));
        Assert.Equal("fp16: 26 of 30 steps were skipped for the loss scale, which is 0.0009765625 now", watch.Skipped(30));
        scale.Unscale(new TensorList([bad]));
        scale.Update();
        VsrException failure = Assert.Throws<VsrException>(() => watch.Check(27));
        Assert.Contains("bf16", failure.Hint, StringComparison.Ordinal);
    }
}
