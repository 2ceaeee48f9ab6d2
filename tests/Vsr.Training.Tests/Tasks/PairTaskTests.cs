using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Data;
using Vsr.Data.Synthesis;
using Vsr.Data.Tests.Preparation;
using Vsr.Data.Tests.Synthesis;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Losses;
using Vsr.Training.Tasks;
using Vsr.Training.Tests.Running;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Tasks;

/// <summary>Training on pairs: the given input in place of the reduction, from files to weights.</summary>
public class PairTaskTests
{
    public PairTaskTests() => OneThread.Ensure();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void PairsOfPureReductionHaveTheLossOfTheBuiltInReduction(int scale)
    {
        // whole frames, so that the edges are mirrored alike
        using PairedClips clips = PixelClips.Pairs(3, 64, 64, 6, scale);
        PoolPlan plan = PoolPlan.For(new TrainingOptions { Pairs = "none", Crop = 32, Unroll = 3, LateUnroll = 3, PoolClips = 6 }.Resolve(onGpu: false))
            with
        { Sequence = new MotionPoolOptions { FrameCount = 5, Size = 64 } };
        Assert.Equal((0, 6), (plan.Clips, plan.Pairs));
        using SequencePools pools = new(clips.Hr, [], plan, CPU, new RecordingObserver(), CancellationToken.None) { PairSource = clips };
        random.manual_seed(3);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1, Scale = scale });
        SequenceShape shape = new(2, 3, 64, 64);
        using RecurrentTask given = new(network, new PairBatches(pools, 9), new Charbonnier(), shape, shape, 1, CPU);
        using RecurrentTask reduced = new(network, new OnlyHigh(new PairBatches(pools, 9)), new Charbonnier(), shape, shape, 1, CPU);
        Assert.True(given.AdaptTo(0) && reduced.AdaptTo(0));
        for (int step = 0; step < 4; step++)
        {
            given.FillInput();
            reduced.FillInput();
            using DisposeScope scope = NewDisposeScope();
            Assert.Equal(reduced.Loss().Minimised.item<float>(), given.Loss().Minimised.item<float>(), 2e-6f);
            Assert.True((given.Pictures()[1].Rgb - reduced.Pictures()[1].Rgb).abs().max().item<float>() < 1.01 / 255);
        }
    }

    [Fact]
    public void AnotherInputIsAnotherLoss()
    {
        using PairedClips clips = PixelClips.Pairs(1, 64, 64, 6, 4);
        using PairedClips wrong = new(clips.Hr, PixelClips.Pairs(2, 64, 64, 6, 4).Lr, [new ClipPair("hr0", "lr1", 6, 4)], warning => Assert.Fail(warning));
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 0 });
        float[] losses = [.. new[] { clips, wrong }.Select(pairs =>
        {
            PoolPlan plan = PoolPlan.For(new TrainingOptions { Pairs = "none", Crop = 32, PoolClips = 2 }.Resolve(onGpu: false)) with
            {
                Sequence = new MotionPoolOptions { FrameCount = 5, Size = 64 },
            };
            using SequencePools pools = new(pairs.Hr, [], plan, CPU, new RecordingObserver(), CancellationToken.None) { PairSource = pairs };
            SequenceShape shape = new(1, 3, 64, 64);
            using RecurrentTask task = new(network, new PairBatches(pools, 9), new Charbonnier(), shape, shape, 1, CPU);
            task.AdaptTo(0);
            task.FillInput();
            using DisposeScope scope = NewDisposeScope();
            return task.Loss().Reported.item<float>();
        })];
        Assert.True(losses[1] > losses[0] + 1e-3, $"{losses[0]}, {losses[1]}");
    }

    [Fact]
    public void ARunOnFilesTrainsAndGoesOnWithTheSameLosses()
    {
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 2, frames: 24, width: 128, height: 104);
        MadePairs.Make(MadePairs.Options(folder) with { Variants = 2 });
        TrainingOptions options = new()
        {
            Pairs = folder.File("pairs"),
            Out = folder.File("whole"),
            Steps = 6,
            Batch = 2,
            Crop = 48,
            Unroll = 3,
            LateUnroll = 4,
            Channels = 8,
            Blocks = 1,
            LookAhead = 1,
            PoolClips = 4,
            ImageEvery = 3,
            CheckpointEvery = 3,
        };
        RecordingObserver observer = new();
        TrainingRun.Start(options, CPU, observer, TestContext.Current.CancellationToken);
        Assert.Empty(observer.Warnings);
        Assert.Contains("4 pairs of high and low resolution", observer.Messages);
        Assert.Contains(observer.Messages, line => line.StartsWith("pool of 4 sequences from pairs, 20 frames of 96x96", StringComparison.Ordinal));

        using CancellationTokenSource stop = new();
        TrainingResult stopped = TrainingRun.Start(
            options with { Out = folder.File("halved") }, CPU, new RecordingObserver(_ => stop.Cancel()), stop.Token);
        Assert.True(stopped.WasInterrupted);
        TrainingRun.Resume(TrainingRun.ReadSettings(folder.File("halved")), CPU, observer, TestContext.Current.CancellationToken);
        (long Step, float Loss)[] losses = TinyRun.Losses(folder.File("halved"));
        Assert.Equal([1, 2, 3, 4, 5, 6], losses.Select(loss => loss.Step));
        Assert.Equal(TinyRun.Losses(folder.File("whole")), losses);
    }

    [Fact]
    public void WhatPairsCannotBeUsedForIsRefused()
    {
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 1);
        MadePairs.Make(MadePairs.Options(folder));
        TrainingOptions options = new() { Pairs = folder.File("pairs"), Out = folder.File("run"), Steps = 1, Crop = 48 };
        Assert.Throws<ArgumentException>((options with { Network = "vsrnet" }).Validate);
        Assert.Throws<ArgumentException>((options with { Root = "clips" }).Validate);
        Assert.Throws<ArgumentException>((options with { PoolClips = 0 }).Validate);
        Refused("is of scale 4, not of the network's 2", options with { Scale = 2 });
        Refused("would be trained on and validate", options with { Val = folder.File("clips") });
        Refused("there is no", options with { Pairs = folder.File("clips") });
        File.Delete(folder.File("pairs/lr/clip0-v0.mp4"));
        Refused("has no pair whose files are there", options);
    }

    private static void Refused(string message, TrainingOptions options) => Assert.Contains(
        message, Assert.Throws<VsrException>(() => TrainingRun.Start(options, CPU, new RecordingObserver(), TestContext.Current.CancellationToken)).Message);

    /// <summary>The high-resolution frames alone of a source of pairs.</summary>
    private sealed class OnlyHigh(PairBatches pairs) : IBatchSource
    {
        public TimeSpan DataTime => pairs.DataTime;

        public void Fill(Tensor frames) => pairs.Fill(frames);

        public void Prepare() => pairs.Prepare();

        public void Renew() => pairs.Renew();

        public JsonObject Save() => pairs.Save();

        public void Restore(JsonObject state) => pairs.Restore(state);

        public void Dispose() => pairs.Dispose();
    }
}
