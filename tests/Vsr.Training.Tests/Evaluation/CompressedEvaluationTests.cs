using System.Text.Json.Nodes;
using Vsr.Data;
using Vsr.Tests;
using Vsr.Training.Evaluation;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>Compressed input is the reduced clip, frame by frame, worse the higher the rate factor, and the same for the network and bicubic.</summary>
public class CompressedEvaluationTests
{
    public CompressedEvaluationTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(4, 180, 172)]       // 45 x 43: both sides odd
    [InlineData(4, 163, 129)]       // cropped to 160 x 128
    [InlineData(3, 144, 132)]
    [InlineData(2, 90, 86)]
    public void WithoutLossFiguresAreThoseOfTheReducedClip(int scale, int width, int height)
    {
        using WaveClip clip = new(width, height, 6);
        Evaluator evaluator = new(new BicubicUpscaler(scale), CPU);
        ClipScore plain = evaluator.ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
        ClipScore lossless = Score(evaluator, clip, 0);
        Assert.Equal(plain.Bicubic.PsnrDb, lossless.Bicubic.PsnrDb, 0.1);      // what 8-bit yuv420p leaves of the luma
        Assert.Equal(plain.Bicubic.Ssim, lossless.Bicubic.Ssim, 0.002);
        Assert.Equal(lossless.Bicubic, lossless.Network);
        Assert.Equal((clip.Name, 6), (lossless.Name, lossless.Frames));
        Assert.Null(plain.BitsPerPixel);
    }

    [Theory]
    [InlineData(CompressionCodec.H264)]
    [InlineData(CompressionCodec.Hevc)]
    public void FiguresAndBitsFallWithTheRateFactor(CompressionCodec codec)
    {
        using WaveClip clip = new(256, 256, 12);
        Evaluator evaluator = new(new BicubicUpscaler(4), CPU);
        ClipScore[] scores = [.. new[] { 4, 18, 23, 28, 33, 40 }.Select(crf => Score(evaluator, clip, crf, codec))];
        for (int i = 1; i < scores.Length; i++)
        {
            Assert.True(scores[i].Bicubic.PsnrDb < scores[i - 1].Bicubic.PsnrDb - 0.05, $"{scores[i]} after {scores[i - 1]}");
            Assert.True(scores[i].Bicubic.Ssim < scores[i - 1].Bicubic.Ssim);
            Assert.True(scores[i].BitsPerPixel < 0.9 * scores[i - 1].BitsPerPixel, $"{scores[i]} after {scores[i - 1]}");
        }

        // libx265 is repeatable to a few bits only
        ClipScore again = Score(evaluator, clip, 28, codec);
        Assert.Equal(scores[3].Bicubic.PsnrDb, again.Bicubic.PsnrDb, codec == CompressionCodec.H264 ? 0 : 0.05);
        Assert.Equal(scores[3].BitsPerPixel!.Value, again.BitsPerPixel!.Value, codec == CompressionCodec.H264 ? 0 : 0.005);
    }

    [Fact]
    public void ANetworkThatLooksAheadIsScoredOnTheRightFramesAndOnlyTheFirstCount()
    {
        using WaveClip clip = new(96, 96, 9);
        Evaluator late = new(new LateUpscaler(lookAhead: 2), CPU, new EvaluationOptions { FrameLimit = 5 });
        ClipScore score = Score(late, clip, 20);
        Assert.Equal(5, score.Frames);
        Assert.Equal(score.Bicubic, score.Network);

        using WaveClip first = new(96, 96, 5);
        Assert.Equal(score, Score(new Evaluator(new BicubicUpscaler(4), CPU), first, 20));
    }

    [Fact]
    public void BitsAreThoseOfThePackets()
    {
        using TemporaryFolder folder = new();
        using WaveClip clip = new(128, 96, 8);
        ClipScore score = Score(new Evaluator(new BicubicUpscaler(4), CPU), clip, 25);

        string file = folder.File("lr.mp4");
        using (VideoWriter writer = new(file, CompressionEncoding.For(CompressionCodec.H264, 25, 32, 24, new Rational(1, 25), new Rational(25, 1))))
        {
            FrameDegrader reduction = new(new ClipDegradation { Seed = 0, Name = "", Scale = 4, Crf = 25 }, 128, 96);
            byte[] hr = new byte[3 * 128 * 96];
            byte[] lr = new byte[3 * 32 * 24];
            for (int i = 0; i < clip.FrameCount; i++)
            {
                clip.ReadRgb8(i, hr);
                reduction.Degrade(i, hr, lr);
                writer.Write(lr, i, 1);
            }

            writer.Finish();
        }

        using FrameReader reader = new(file, new FrameReaderOptions { CacheIndex = false });
        Assert.Equal(reader.Index.Packets.Sum(packet => packet.Size) * 8.0 / (8 * 32 * 24), score.BitsPerPixel!.Value, 1e-12);
    }

    [Fact]
    public void JsonHasARowSetForEachCompression()
    {
        ClipScore first = new("a", 3, new(30, 0.9), new(28, 0.8)) { BitsPerPixel = 0.3 };
        ClipScore second = new("b", 5, new(20, 0.7), new(18, 0.6)) { BitsPerPixel = 0.1 };
        string json = EvaluationJson.Write(
        [
            new CompressedEvaluation(new ClipCompression(23), new EvaluationResult([first, second])),
            new CompressedEvaluation(new ClipCompression(28, CompressionCodec.Hevc), new EvaluationResult([])),
        ]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse("""
            {"compressed": [
              {"crf": 23, "codec": "h264", "bits_per_pixel": 0.2, "clips": [
                {"name": "a", "frames": 3, "bits_per_pixel": 0.3, "psnr_db": 30, "ssim": 0.9, "bicubic_psnr_db": 28, "bicubic_ssim": 0.8},
                {"name": "b", "frames": 5, "bits_per_pixel": 0.1, "psnr_db": 20, "ssim": 0.7, "bicubic_psnr_db": 18, "bicubic_ssim": 0.6}],
               "mean": {"psnr_db": 25, "ssim": 0.8, "bicubic_psnr_db": 23, "bicubic_ssim": 0.7}},
              {"crf": 28, "codec": "hevc", "bits_per_pixel": null, "clips": [],
               "mean": {"psnr_db": null, "ssim": null, "bicubic_psnr_db": null, "bicubic_ssim": null}}]}
            """)), json);
    }

    [Fact]
    public void WhatCannotBeCompressedIsRefused()
    {
        using WaveClip clip = new(96, 96, 2);
        Evaluator evaluator = new(new BicubicUpscaler(4), CPU);
        Assert.Throws<ArgumentException>(() => Score(evaluator, clip, 52));
        Assert.Contains("too small for hevc", Assert.Throws<VsrException>(() => Score(evaluator, clip, 20, CompressionCodec.Hevc)).Message);
    }

    private static ClipScore Score(Evaluator evaluator, IFrameSource clip, int crf, CompressionCodec codec = CompressionCodec.H264) =>
        evaluator.ScoreCompressedClip(clip, new ClipCompression(crf, codec), cancellation: TestContext.Current.CancellationToken);

    /// <summary>Coloured waves that move, and grain that moves with them.</summary>
    private sealed class WaveClip(int width, int height, int frameCount) : IFrameSource
    {
        public string Name => "waves";

        public int FrameCount => frameCount;

        public int Width => width;

        public int Height => height;

        public void ReadRgb8(int index, Span<byte> planar)
        {
            for (int i = 0; i < planar.Length; i++)
            {
                (int row, int x) = Math.DivRem(i, width);
                (int channel, int y) = Math.DivRem(row, height);
                double at = x + (1.5 * index);
                double value = 128 + (50 * Math.Sin((at / 5) + (y / 9.0))) + (30 * Math.Sin((at / 3) - (y / 4.0) + (0.4 * channel)))
                    + (12 * Math.Sin((at * at * 0.02) + (y * 1.3)));
                planar[i] = (byte)Math.Clamp(value, 0, 255);
            }
        }

        public void Dispose()
        {
        }
    }
}
