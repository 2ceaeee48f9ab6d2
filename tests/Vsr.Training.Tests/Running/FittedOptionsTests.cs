using Vsr.Data;
using Vsr.Training.Running;

namespace Vsr.Training.Tests.Running;

public class FittedOptionsTests
{
    private static readonly TrainingOptions VsrNet =
        new TrainingOptions { Network = "vsrnet", Root = "clips", Out = "run", Batch = 4 }.Resolve(onGpu: false);

    [Fact]
    public void ACycleIsFourEpochsInBatches()
    {
        // clips of 100 and 30 frames have 98 + 28 windows of three: 31.5 steps an epoch
        TrainingOptions fitted = FittedOptions.For(VsrNet with { Schedule = "triangular" }, Clips((100, 540, 960), (30, 540, 960)), true);

        Assert.Equal(126, fitted.CycleSteps);
        Assert.Null(FittedOptions.For(VsrNet, Clips((100, 540, 960)), true).CycleSteps);
        Assert.Equal(7, FittedOptions.For(VsrNet with { Schedule = "triangular", CycleSteps = 7 }, Clips((100, 540, 960)), true).CycleSteps);
    }

    [Theory]
    [InlineData(8002, 2000)]      // an epoch
    [InlineData(1202, 1200)]      // four of them make 1000 steps
    [InlineData(6, 1000)]
    public void ValidationIsAfterWholeEpochsOfAThousandStepsOrMore(int frames, long expected)
    {
        Assert.Equal(expected, FittedOptions.For(VsrNet, Clips((frames, 540, 960)), hasValidation: true).ValidateEvery);
        Assert.Equal(0, FittedOptions.For(VsrNet, Clips((frames, 540, 960)), hasValidation: false).ValidateEvery);
    }

    [Theory]
    [InlineData("none", 540, 956)]
    [InlineData("flownet2-sd", 512, 896)]
    public void WholeFramesAreWhatAllClipsHaveAndTheNetworkTakes(string flow, int height, int width)
    {
        TrainingOptions options = VsrNet with { WholeFrames = true, Crop = null, CropHeight = null, CropWidth = null, Flow = flow };

        TrainingOptions fitted = FittedOptions.For(options, Clips((10, 543, 960), (10, 1080, 959)), true);

        Assert.Equal((height, width), (fitted.CropHeight, fitted.CropWidth));
        Assert.Equal(fitted, fitted.Resolve(onGpu: true));
        VsrException failure = Assert.Throws<VsrException>(() => FittedOptions.For(options, Clips((10, 12, 960)), true));
        Assert.Contains("clip 0 is too small", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEpochEndsInTheStepThatTakesItsLastWindow()
    {
        EpochLength epoch = new(Windows: 5, Batch: 2);      // windows 0-1, 2-3, 4 0, 1-2, 3-4, ...

        Assert.Equal([3, 5, 8, 10], Enumerable.Range(1, 10).Where(step => epoch.EndsAt(step)));
    }

    private static ClipInfo[] Clips(params (int Frames, int Height, int Width)[] clips) =>
        [.. clips.Select((clip, i) => new ClipInfo($"clip {i}", clip.Frames, clip.Width, clip.Height))];
}
