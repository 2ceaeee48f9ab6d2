using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Evaluation;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>How steady clips are, measured by the shipped flow network.</summary>
public sealed class TemporalEvaluationTests : IDisposable
{
    private readonly FlowNetwork _flow;

    public TemporalEvaluationTests()
    {
        TorchTestBackend.Ensure();
        _flow = NetworkWeights.LoadFlow(ShippedWeights.FindFlow() ?? throw new FileNotFoundException("models/flow.safetensors"));
    }

    [Fact]
    public void ATranslatedTruthHasNextToNoErrorAndFlickerItsAmplitudes()
    {
        const int levels = 6;
        using PannedClip truth = new([1], 4);
        using PannedClip flickering = new([1], 4, levels);

        TemporalScore same = Score(truth, truth).Temporal!;
        Assert.Equal(same.TruthWarpError, same.NetworkWarpError);
        Assert.Equal(0, same.NetworkFlicker);
        double still = MeanSquaredChange(truth);
        Assert.True(same.TruthWarpError < 0.02 * still, $"{same.TruthWarpError}, without following motion {still}");
        Assert.InRange(same.VisibleShare, 0.85, 0.97);           // 0.966 of the picture stays in it

        ClipScore score = Score(truth, flickering);
        Assert.Equal(3, score.TemporalPairs);
        double expected = Math.Pow(2 * levels * 219 / 255.0 / 255, 2);      // of studio-range luma
        Assert.Equal(expected, score.Temporal!.NetworkFlicker, expected * 1e-4);
        Assert.Equal(expected + same.TruthWarpError, score.Temporal.NetworkWarpError, expected * 0.05);
        Assert.Equal(same.TruthWarpError, score.Temporal.TruthWarpError);
        Assert.Equal(same.BicubicFlicker, score.Temporal.BicubicFlicker);

        double rgb = Math.Pow(2 * levels / 255.0, 2);
        Assert.Equal(rgb, Score(truth, flickering, new EvaluationOptions { Rgb = true }).Temporal!.NetworkFlicker, rgb * 1e-4);
    }

    [Fact]
    public void BicubicAsANetworkHasBicubicsFigures()
    {
        using PannedClip truth = new([1], 3);
        TemporalScore score = new Evaluator(new BicubicUpscaler(4), CPU, new EvaluationOptions { TemporalFlow = _flow })
            .ScoreClip(truth, cancellation: TestContext.Current.CancellationToken).Temporal!;
        Assert.Equal(score.BicubicWarpError, score.NetworkWarpError);
        Assert.Equal(score.BicubicFlicker, score.NetworkFlicker);
        Assert.True(score.BicubicFlicker > 0);
    }

    [Fact]
    public void APairAcrossACutDoesNotCount()
    {
        using PannedClip cut = new([1, 5], 3);
        using PannedClip flickering = new([1, 5], 3, 4);
        ClipScore whole = Score(cut, flickering);
        Assert.Equal((6, 4), (whole.Frames, whole.TemporalPairs));

        TemporalScore[] scenes = [.. new[] { 0, 3 }.Select(first => Score(new PartOf(cut, first, 3), new PartOf(flickering, first, 3)).Temporal!)];
        TemporalScore mean = TemporalScore.Mean(scenes)!;
        Assert.Equal(mean.TruthWarpError, whole.Temporal!.TruthWarpError, 1e-9);
        Assert.Equal(mean.NetworkWarpError, whole.Temporal.NetworkWarpError, 1e-9);
        Assert.Equal(mean.NetworkFlicker, whole.Temporal.NetworkFlicker, 1e-9);
        Assert.Equal(mean.BicubicFlicker, whole.Temporal.BicubicFlicker, 1e-9);
        Assert.Equal(mean.VisibleShare, whole.Temporal.VisibleShare, 1e-9);
    }

    [Fact]
    public void AClipOfOneFrameHasNoFigureAndIsLeftOutOfTheMean()
    {
        using PannedClip single = new([2], 1);
        using PannedClip longer = new([2], 2);
        ClipScore one = Score(single, single);
        Assert.Equal(0, one.TemporalPairs);
        Assert.Null(one.Temporal);
        ClipScore two = Score(longer, longer);
        Assert.Equal(two.Temporal, new EvaluationResult([one, two]).Temporal);
        Assert.Null(new EvaluationResult([one]).Temporal);
        Assert.Equal(0, Score(longer, longer, new EvaluationOptions { FrameLimit = 1 }).TemporalPairs);
    }

    [Fact]
    public void CompressedInputIsMeasuredToo()
    {
        using PannedClip truth = new([1], 3);
        ClipScore score = new Evaluator(new ClipUpscaler(truth, 2), CPU, new EvaluationOptions { TemporalFlow = _flow })
            .ScoreCompressedClip(truth, new ClipCompression(45), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((2, 0), (score.TemporalPairs, score.Temporal!.NetworkFlicker));
        Assert.True(score.Temporal.BicubicFlicker > 0);
    }

    [Fact]
    public void JsonHasTheFieldsOnlyWhereTheyWereAskedFor()
    {
        ClipScore with = new("a", 3, new(30, 0.9), new(28, 0.8))
        {
            TemporalPairs = 2,
            Temporal = new TemporalScore(0.5, 0.25, 0.125, 0.75, 0.625, 0.875),
        };
        ClipScore single = new("b", 1, new(30, 0.9), new(28, 0.8)) { TemporalPairs = 0 };
        string json = EvaluationJson.Write(new EvaluationResult([with, single]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse("""
            {"clips": [
              {"name": "a", "frames": 3, "psnr_db": 30, "ssim": 0.9, "bicubic_psnr_db": 28, "bicubic_ssim": 0.8, "temporal_pairs": 2,
               "temporal_visible": 0.875, "warp_error": 0.5, "flicker": 0.75, "bicubic_warp_error": 0.25, "bicubic_flicker": 0.625,
               "truth_warp_error": 0.125},
              {"name": "b", "frames": 1, "psnr_db": 30, "ssim": 0.9, "bicubic_psnr_db": 28, "bicubic_ssim": 0.8, "temporal_pairs": 0,
               "temporal_visible": null, "warp_error": null, "flicker": null, "bicubic_warp_error": null, "bicubic_flicker": null,
               "truth_warp_error": null}],
             "mean": {"psnr_db": 30, "ssim": 0.9, "bicubic_psnr_db": 28, "bicubic_ssim": 0.8,
               "temporal_visible": 0.875, "warp_error": 0.5, "flicker": 0.75, "bicubic_warp_error": 0.25, "bicubic_flicker": 0.625,
               "truth_warp_error": 0.125}}
            """)), json);
    }

    [Fact]
    [Trait("Category", "Gpu")]
    public void TheGpuAgrees()
    {
        Device device = TorchTestBackend.RequireCuda();
        using PannedClip truth = new([1, 5], 3);
        ClipScore host = Score(new BicubicUpscaler(4), CPU);
        _flow.to(device);
        ClipScore gpu = Score(new BicubicUpscaler(4), device);
        Assert.Equal(host.TemporalPairs, gpu.TemporalPairs);
        Assert.Equal(host.Temporal!.BicubicFlicker, gpu.Temporal!.BicubicFlicker, 0.02 * host.Temporal.BicubicFlicker);
        Assert.Equal(host.Temporal.BicubicWarpError, gpu.Temporal.BicubicWarpError, 0.02 * host.Temporal.BicubicWarpError);
        Assert.Equal(host.Temporal.VisibleShare, gpu.Temporal.VisibleShare, 0.01);

        ClipScore Score(BicubicUpscaler network, Device where) => new Evaluator(network, where, new EvaluationOptions { TemporalFlow = _flow })
            .ScoreClip(truth, cancellation: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void MeasuringLeaksNoTensor()
    {
        using PannedClip clip = new([1, 5], 2);
        Score(clip, clip);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Score(clip, clip);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    public void Dispose() => _flow.Dispose();

    private ClipScore Score(IFrameSource truth, IFrameSource output, EvaluationOptions? options = null) =>
        new Evaluator(new ClipUpscaler(output, lookAhead: 1), CPU, (options ?? new EvaluationOptions()) with { TemporalFlow = _flow })
            .ScoreClip(truth, cancellation: TestContext.Current.CancellationToken);

    private static double MeanSquaredChange(PannedClip clip)
    {
        byte[] first = new byte[3 * clip.Width * clip.Height];
        byte[] second = new byte[first.Length];
        clip.ReadRgb8(0, first);
        clip.ReadRgb8(1, second);
        return first.Zip(second, (a, b) => Math.Pow((a - b) / 255.0, 2)).Average();
    }
}
