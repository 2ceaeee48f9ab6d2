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
        { "scale 5 is outside 2..4", Valid with { Scale = 5 } },
        { "scale 2 is for recurrent; vsrnet takes 4", Valid with { Network = "vsrnet", Scale = 2 } },
        { "crop 256 is not a multiple of 48", Valid with { Scale = 3, Crop = 256 } },
        { "carry 'all' is unknown; there are picture, channels, none", Valid with { Carry = "all" } },
        { "flow-channels 4 is outside 8..256", Valid with { FlowChannels = 4 } },
        { "flow-levels 9 is outside 1..8", Valid with { FlowLevels = 9 } },
        { "flow-reduction 3 is not 1, 2 or 4", Valid with { FlowReduction = 3 } },
        { "warm-up -5 is below 0", Valid with { WarmUpSteps = -5 } },
        { "precision 'fp8' is unknown; there are fp32, bf16, fp16", Valid with { Precision = "fp8" } },
        { "optimizer 'sgd' is unknown", Valid with { Optimizer = "sgd" } },
        { "schedule 'cyclic' is unknown; there are cosine, constant, triangular, one-cycle", Valid with { Schedule = "cyclic" } },
        { "min-learning-rate 0.01 is above the learning rate 0.001", Valid with { LearningRate = 1e-3, MinLearningRate = 1e-2 } },
        { "min-learning-rate 0.01 is above the learning rate 0.0004", Valid with { MinLearningRate = 1e-2 } },
        { "min-learning-rate -1 is outside", Valid with { MinLearningRate = -1 } },
        { "schedule constant has one rate", Valid with { Schedule = "constant", LearningRate = 1e-3, MinLearningRate = 1e-4 } },
        { "cycle-steps 1 is below 2", Valid with { CycleSteps = 1 } },
        { "cycle-steps is for the triangular schedule, not for cosine", Valid with { CycleSteps = 10, Schedule = "cosine" } },
        { "weight-decay NaN is outside", Valid with { WeightDecay = double.NaN } },
        { "weight-decay -0.1 is outside 0..1", Valid with { WeightDecay = -0.1 } },
        { "clip-norm -1 is outside", Valid with { ClipNorm = -1 } },
        { "image-freq -1 is below 0", Valid with { ImageEvery = -1 } },
        { "val-frames 0 is below 1", Valid with { ValFrames = 0 } },
        { "val-crf 52 is outside 0..51", Valid with { ValCrf = 52 } },
        { "val-crf is for networks that enlarge", new TrainingOptions { Network = "flow", Root = "clips", Out = "run", Steps = 1, ValCrf = 28 } },
        { "crop-size 54 is not a multiple of 4", Valid with { Network = "vsrnet", CropHeight = 54, CropWidth = 96 } },
        { "crop-size takes height and width", Valid with { Network = "vsrnet", CropHeight = 64 } },
        { "crop 64 and crop-size 64 96 contradict", Valid with { Network = "vsrnet", Crop = 64, CropHeight = 64, CropWidth = 96 } },
        { "crop-size 64 96 is for vsrnet; recurrent takes a square", Valid with { CropHeight = 64, CropWidth = 96 } },
        { "whole frames are for vsrnet", Valid with { WholeFrames = true } },
        { "pools take square crops", Valid with { Network = "vsrnet", PoolClips = 5, CropHeight = 64, CropWidth = 96 } },
        { "steps 0 is below 1", Valid with { Steps = 0 } },
        { "--root", Valid with { Root = "" } },
        { "--out", Valid with { Out = "" } },
        { "val-share 1.5 is outside", Valid with { ValShare = 1.5 } },
        { "drawings -1 is outside 0..10000", Valid with { Drawings = -1 } },
        { "drawings 10001 is outside 0..10000", Valid with { Drawings = 10_001 } },
        { "no sequences of stills are made: add --pool-stills N", Valid with { Drawings = 5, PoolStills = 0 } },
        { "no sequences of stills are made: add --pool-stills N", new TrainingOptions { Network = "vsrnet", Root = "clips", Out = "run", Drawings = 5 } },
        { "validation folder and a share", Valid with { ValShare = 0.1, Val = "val" } },
    };

    [Fact]
    public void TheDefaultsAreTheRecipe()
    {
        TrainingOptions options = Valid.Resolve(onGpu: true);

        Valid.Validate();
        Assert.Equal((16, 10, 8, 20, 256), (options.Batch, options.Unroll, options.LateBatch, options.LateUnroll, options.Crop));
        Assert.Equal((128, 10, 2, 4e-4), (options.Channels, options.Blocks, options.LookAhead, options.LearningRate));
        Assert.Equal((240, 256), ((Valid with { Scale = 3 }).Resolve(onGpu: true).Crop, (Valid with { Scale = 2 }).Resolve(onGpu: true).Crop));
        Assert.Equal((1500, 2500), (options.PoolClips, (Valid with { Stills = "stills" }).Resolve(onGpu: true).PoolStills));
    }

    [Fact]
    public void TheDefaultsOfVsrNetAreTheExamplesWhereTheyMakeSense()
    {
        TrainingOptions options = new TrainingOptions { Network = "vsrnet", Root = "clips", Out = "run" };

        options.Validate();
        options = options.Resolve(onGpu: false);

        Assert.Equal((1000L, 3, 1UL, 100L), (options.Steps, options.Frames, options.Seed, options.ImageEvery));
        Assert.Equal(("adam", 0.0, "mse", "fp32"), (options.Optimizer, options.WeightDecay, options.Loss, options.Precision));
        Assert.Equal((256, 256, 256), (options.Crop, options.CropHeight, options.CropWidth));
        Assert.Null((options with { Steps = null, Minutes = 3 }).Resolve(onGpu: false).Steps);
    }

    [Theory]
    [InlineData("flownet2-sd", 540, 960, 512, 960)]
    [InlineData("flownet2-sd", 64, 127, 64, 64)]
    [InlineData("flownet2-sd", 32, 96, 32, 64)]      // below 64 the flow network pads
    [InlineData("none", 540, 960, 540, 960)]
    [InlineData("compact", 540, 960, 540, 960)]
    public void CropsAreFlooredOnlyWhereFlowNet2SDSeesThem(string flow, int height, int width, int expectedHeight, int expectedWidth)
    {
        TrainingOptions options = Valid with { Network = "vsrnet", Flow = flow, FlowWeights = "flow.pth.tar", CropHeight = height, CropWidth = width };

        Assert.Equal((expectedHeight, expectedWidth), (options.Resolve(false).CropHeight, options.Resolve(false).CropWidth));
    }

    [Theory]
    [InlineData(null, "cosine")]
    [InlineData(1e-5, "triangular")]
    public void ALowestRateMakesTheScheduleTriangular(double? lowest, string expected)
    {
        TrainingOptions options = Valid with { LearningRate = 1e-3, MinLearningRate = lowest };

        Assert.Equal(expected, options.Resolve(false).Schedule);
        Assert.Equal("one-cycle", (options with { Schedule = "one-cycle" }).Resolve(false).Schedule);
    }

    [Theory]
    [InlineData(null, 1000)]
    [InlineData(100L, 100)]
    [InlineData(40_000L, 800)]
    public void PicturesAreAtMostFiftyOrEveryHundredSteps(long? steps, long expected) =>
        Assert.Equal(expected, (Valid with { Steps = steps, Minutes = 5 }).Resolve(false).ImageEvery);

    [Fact]
    public void DefaultsOnceFilledInStay()
    {
        TrainingOptions once = (Valid with { Network = "vsrnet", Flow = "flownet2-sd", CropHeight = 540, CropWidth = 960 }).Resolve(onGpu: true);

        Assert.Equal(once, once.Resolve(onGpu: false));
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
