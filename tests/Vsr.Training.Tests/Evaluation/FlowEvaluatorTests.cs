using Vsr.Data;
using Vsr.Models;
using Vsr.Training.Evaluation;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>End-point errors worked out by hand.</summary>
public class FlowEvaluatorTests
{
    public FlowEvaluatorTests() => OneThread.Ensure();

    [Fact]
    public void TheErrorIsTheMeanDistanceOverPixelsWhoseFlowIsKnown()
    {
        FlowField truth = new(2, 2);
        truth[0, 0] = (3, 4);
        truth[1, 0] = (0, 0);
        truth[0, 1] = (-6, 8);
        truth[1, 1] = (1e10f, 1e10f);
        FlowField estimate = new(2, 2);
        estimate[0, 0] = (3, 4);
        estimate[1, 0] = (0, -1);
        estimate[0, 1] = (-6, 6);
        estimate[1, 1] = (100, 100);

        FlowPairScore score = FlowEvaluator.Score(PairOf(truth), estimate);

        Assert.Equal(("pair", 1, 5), (score.Name, score.Epe, score.ZeroEpe));
        FlowEvaluationResult result = new([score, score with { Epe = 2, ZeroEpe = 8 }]);
        Assert.Equal((1.5, 6.5), (result.Epe, result.ZeroEpe));
        Assert.Null(new FlowEvaluationResult([]).Epe);
    }

    [Fact]
    public void WhatCannotBeScoredIsAnError()
    {
        FlowField unknown = new(1, 1);
        unknown[0, 0] = (float.NaN, 0);
        FlowField broken = new(1, 1);
        broken[0, 0] = (float.NaN, 0);

        Assert.Contains(
            "unknown everywhere",
            Assert.Throws<VsrException>(() => FlowEvaluator.Score(PairOf(unknown), new FlowField(1, 1))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no number", Assert.Throws<VsrException>(() => FlowEvaluator.Score(PairOf(new FlowField(1, 1)), broken)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FlowEvaluator.Score(PairOf(unknown), new FlowField(2, 1)));
    }

    [Fact]
    public void AFreshNetworkEstimatesZeroAtAnySize()
    {
        using CompactFlow network = new();
        FlowField truth = new(21, 17);
        truth.Values.Fill(3);

        FlowField estimate = new FlowEvaluator(network, CPU).Estimate(PairOf(truth));
        FlowPairScore score = FlowEvaluator.Score(PairOf(truth), estimate);

        Assert.Equal((21, 17), (estimate.Width, estimate.Height));
        Assert.Equal(Math.Sqrt(18), score.Epe, 6);
        Assert.Equal(score.ZeroEpe, score.Epe);
    }

    [Fact]
    public void ChannelsAndPixelsKeepTheirPlaces()
    {
        using CompactFlow network = new();
        nn.init.constant_(network.state_dict()["nets.0.8.bias"], 0.25);
        Tensor bias = network.state_dict()["nets.0.8.bias"];
        using (no_grad())
        {
            bias[4..].fill_(-2);          // y; shuffled, the first four make x
        }

        FlowField truth = new(19, 16);
        FlowField estimate = new FlowEvaluator(network, CPU).Estimate(PairOf(truth));

        Assert.Equal((0.25f, -2f), estimate[0, 0]);
        Assert.Equal((0.25f, -2f), estimate[18, 15]);
    }

    private static FlowPair PairOf(FlowField truth) => new(
        "pair", new RgbImage(truth.Width, truth.Height), new RgbImage(truth.Width, truth.Height), truth);
}
