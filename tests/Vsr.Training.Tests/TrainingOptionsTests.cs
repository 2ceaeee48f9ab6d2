namespace Vsr.Training.Tests;

public class TrainingOptionsTests
{
    private static readonly TrainingOptions Valid = new() { Network = "recurrent", Root = "clips", Out = "run", Steps = 10 };

    public static TheoryData<string, TrainingOptions> Wrong => new()
    {
        { "network 'swin' is unknown", Valid with { Network = "swin" } },
        { "frames 4 is even", Valid with { Network = "vsrnet", Frames = 4 } },
        { "frames 4 is even", Valid with { Frames = 4 } },
        { "flownet_path", Valid with { Network = "vsrnet", Flow = "flownet2-sd" } },
        { "--steps N or --minutes M", Valid with { Steps = null } },
        { "crop 100 is not a multiple of 16", Valid with { Crop = 100 } },
        { "learning-rate 2 is outside 0..1", Valid with { LearningRate = 2 } },
        { "learning-rate NaN is outside 0..1", Valid with { LearningRate = double.NaN } },
        { "minutes NaN is not above 0", Valid with { Minutes = double.NaN } },
        { "minutes Infinity is not above 0", Valid with { Minutes = double.PositiveInfinity } },
        { "pool-minutes NaN is outside", Valid with { PoolMinutes = double.NaN } },
        { "batch 2147483647 is outside 1..4096", Valid with { Batch = int.MaxValue } },
        { "late-batch 0 is outside", Valid with { LateBatch = 0 } },
        { "unroll 100000 is outside", Valid with { Unroll = 100000 } },
        { "crop 2147483632 is not a multiple of 16 from 16 to 8192", Valid with { Crop = 2147483632 } },
        { "channels -1 is outside 8..1024", Valid with { Channels = -1 } },
        { "blocks 0 is outside 1..200", Valid with { Blocks = 0 } },
        { "look-ahead -1 is outside 0..8", Valid with { LookAhead = -1 } },
        { "warm-up -5 is below 0", Valid with { WarmUpSteps = -5 } },
        { "precision 'fp16' is unknown", Valid with { Precision = "fp16" } },
        { "steps 0 is below 1", Valid with { Steps = 0 } },
        { "--root", Valid with { Root = "" } },
        { "--out", Valid with { Out = "" } },
        { "val-share 1.5 is outside", Valid with { ValShare = 1.5 } },
        { "validation folder and a share", Valid with { ValShare = 0.1, Val = "val" } },
    };

    [Fact]
    public void TheDefaultsAreTheRecipe()
    {
        TrainingOptions options = Valid.Resolve(onGpu: true);

        Valid.Validate();
        Assert.Equal((16, 10, 8, 20, 256), (options.Batch, options.Unroll, options.LateBatch, options.LateUnroll, options.Crop));
        Assert.Equal((128, 10, 2, 4e-4), (options.Channels, options.Blocks, options.LookAhead, options.LearningRate));
        Assert.Equal((1500, 2500), (options.PoolClips, (Valid with { Stills = "stills" }).Resolve(onGpu: true).PoolStills));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WrongSettingsAreRefusedWithValueAndLimit(string expected, TrainingOptions options)
    {
        ArgumentException failure = Assert.ThrowsAny<ArgumentException>(options.Validate);

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsComeBackFromJsonUnchanged()
    {
        TrainingOptions options = Valid.Resolve(onGpu: false) with { Minutes = 1.25, LearningRate = 1.0 / 3, Seed = ulong.MaxValue };

        TrainingOptions? read = System.Text.Json.JsonSerializer.Deserialize<TrainingOptions>(System.Text.Json.JsonSerializer.Serialize(options));

        Assert.Equal(options with { Exclude = [], HalfSize = [] }, read! with { Exclude = options.Exclude, HalfSize = options.HalfSize });
    }
}
