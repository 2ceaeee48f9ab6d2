using System.CommandLine;
using Vsr.Cli.Training;
using Vsr.Training;

namespace Vsr.Cli.Tests.Training;

/// <summary>The options of DALI's example, by their names and in .NET style, and what they come to.</summary>
public class TrainSettingsTests
{
    [Fact]
    public void EveryOptionOfTheExampleIsTakenByItsName()
    {
        TrainingOptions options = Parse(
            "--network", "vsrnet", "--seed", "3", "--root", "data", "--frames", "5", "--is_cropped", "--crop_size", "512", "960",
            "--batchsize", "7", "--loader", "DALI", "--rank", "0", "--world_size", "1", "--ip", "10.0.0.1", "--max_iter", "5000",
            "--fp16", "--checkpoint_dir", "run", "--min_lr", "1e-4", "--max_lr", "1e-3", "--weight_decay", "4e-4", "--flownet_path",
            "flow.pth.tar", "--image_freq", "50", "--timing");

        options.Validate();
        TrainingOptions resolved = options.Resolve(onGpu: true);
        Assert.Equal((3UL, "data", 5, 7), (resolved.Seed, resolved.Root, resolved.Frames, resolved.Batch));
        Assert.Equal((512, 960, false), (resolved.CropHeight, resolved.CropWidth, resolved.WholeFrames));
        Assert.Equal(("video", 5000L, "fp16", "run"), (resolved.Loader, resolved.Steps, resolved.Precision, resolved.Out));
        Assert.Equal((1e-3, 1e-4, "triangular"), (resolved.LearningRate, resolved.MinLearningRate, resolved.Schedule));
        Assert.Equal((4e-4, "adam"), (resolved.WeightDecay, resolved.Optimizer));
        Assert.Equal(("flow.pth.tar", "flownet2-sd"), (resolved.FlowWeights, resolved.Flow));
        Assert.Equal((50L, true), (resolved.ImageEvery, resolved.Timing));
    }

    [Fact]
    public void TheNetStyleNamesMeanTheSame()
    {
        string[] example =
        [
            "--is_cropped", "--crop_size", "64", "96", "--batchsize", "2", "--max_iter", "9", "--checkpoint_dir", "run", "--min_lr", "1e-6",
            "--max_lr", "1e-5", "--weight_decay", "0.1", "--flownet_path", "f", "--image_freq", "3", "--world_size", "1",
        ];
        string[] ours =
        [
            "--is-cropped", "--crop-size", "64", "96", "--batch", "2", "--steps", "9", "--out", "run", "--min-lr", "1e-6",
            "--max-learning-rate", "1e-5", "--weight-decay", "0.1", "--flownet-path", "f", "--image-freq", "3", "--world-size", "1",
        ];

        Assert.Equal(Parse(example), Parse(ours));
    }

    [Theory]
    [InlineData("DALI", "video")]
    [InlineData("dali", "video")]
    [InlineData("NVVL", "video")]
    [InlineData("video", "video")]
    [InlineData("pytorch", "png")]
    [InlineData("png", "png")]
    public void LoadersHaveTheirOldNames(string name, string expected) => Assert.Equal(expected, Parse("--loader", name).Loader);

    [Fact]
    public void OneRateAloneTakesTheExamplesOtherOne()
    {
        Assert.Equal((1e-6, 1e-3), Rates(Parse("--max_lr", "1e-3")));
        Assert.Equal((1e-7, 1e-5), Rates(Parse("--min_lr", "1e-7")));
        Assert.Equal((1e-4, 1e-3), Rates(Parse("--min_lr", "1e-4", "--learning-rate", "1e-3")));
        Assert.Equal((null, 1e-3), Rates(Parse("--learning-rate", "1e-3")));

        static (double?, double?) Rates(TrainingOptions options) => (options.MinLearningRate, options.LearningRate);
    }

    [Fact]
    public void WholeFramesAreAskedForByIsCroppedFalse()
    {
        Assert.True(Parse("--is_cropped", "false").WholeFrames);
        Assert.False(Parse("--is_cropped").WholeFrames);
        Assert.False(Parse().WholeFrames);
    }

    [Theory]
    [InlineData("--fp16 and --precision bf16", "--fp16", "--precision", "bf16")]
    [InlineData("--fp16 false and --precision fp16", "--fp16", "false", "--precision", "fp16")]
    [InlineData("--crop 64 and --crop_size 64 96", "--crop", "64", "--crop-size", "64", "96")]
    [InlineData("--learning-rate 1e-3 and --max_lr 1e-4", "--max-lr", "1e-4", "--learning-rate", "1e-3")]
    [InlineData("--is_cropped false and --crop_size 64 96", "--is_cropped", "false", "--crop_size", "64", "96")]
    [InlineData("--is_cropped false and --crop 64", "--crop", "64", "--is-cropped", "false")]
    [InlineData("--rank 1 is not supported", "--rank", "1")]
    [InlineData("--world_size 2 is not supported", "--world-size", "2")]
    public void WhatCannotBeIsRefusedByName(string expected, params string[] arguments)
    {
        UsageException failure = Assert.Throws<UsageException>(() => Parse(arguments));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fp16", "--fp16", "--precision", "fp16")]
    [InlineData("bf16", "--fp16", "false", "--precision", "bf16")]
    [InlineData("fp32", "--fp16", "false")]
    public void WhatIsSaidTwiceAlikeIsNoContradiction(string expected, params string[] arguments) =>
        Assert.Equal(expected, Parse(arguments).Precision);

    internal static TrainingOptions Parse(params string[] arguments)
    {
        Command command = new("train");
        foreach (TrainSetting setting in TrainSettings.All)
        {
            command.Options.Add(setting.Option);
        }

        ParseResult parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return TrainSettings.Apply(parsed, new TrainingOptions { Network = "" });
    }
}
