using System.Text.Json;
using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Evaluation;
using Vsr.Training.Metrics;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

public class EvaluatorTests
{
    public EvaluatorTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_whole_protocol_gives_numpys_figures(int scale)
    {
        JsonElement golden = Golden(scale);
        ClipScore luma = Score(new BicubicUpscaler(scale));
        ClipScore rgb = Score(new BicubicUpscaler(scale), new EvaluationOptions { Rgb = true });
        Assert.Equal(3, luma.Frames);
        Assert.Equal(golden.GetProperty("psnr_db").GetDouble(), luma.Bicubic.PsnrDb, 1e-4);
        Assert.Equal(golden.GetProperty("ssim").GetDouble(), luma.Bicubic.Ssim, 1e-4);
        Assert.Equal(golden.GetProperty("rgb_psnr_db").GetDouble(), rgb.Bicubic.PsnrDb, 1e-4);
        Assert.Equal(golden.GetProperty("rgb_ssim").GetDouble(), rgb.Bicubic.Ssim, 1e-4);
    }

    [Fact]
    public void The_pass_through_network_scores_exactly_bicubics_figure()
    {
        ClipScore score = Score(new BicubicUpscaler(4));
        Assert.Equal(score.Bicubic, score.Network);
    }

    [Fact]
    public void A_network_that_looks_ahead_is_scored_on_the_right_frames()
    {
        ClipScore late = Score(new LateUpscaler(lookAhead: 2));
        Assert.Equal(late.Bicubic, late.Network);
        Assert.Equal(3, late.Frames);
        ClipScore longer = Score(new LateUpscaler(lookAhead: 5));
        Assert.Equal(late.Bicubic, longer.Network);
    }

    [Fact]
    public void A_given_low_resolution_clip_replaces_the_reduction()
    {
        using FormulaClip truth = new();
        using ReducedClip reduced = new(truth, 4);
        Evaluator evaluator = new(new BicubicUpscaler(4), CPU);
        Assert.Equal(
            evaluator.ScoreClip(truth, cancellation: TestContext.Current.CancellationToken),
            evaluator.ScoreClip(truth, reduced, cancellation: TestContext.Current.CancellationToken));
        using FormulaClip unfit = new(12, 14);
        Assert.Contains("11x14", Assert.Throws<VsrException>(() => evaluator.ScoreClip(
            truth, unfit, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_frame_limit_tiny_frames_and_cancellation()
    {
        Assert.Equal(2, Score(new LateUpscaler(lookAhead: 2), new EvaluationOptions { FrameLimit = 2 }).Frames);
        using FormulaClip tiny = new(13, 10);
        Evaluator evaluator = new(new BicubicUpscaler(4), CPU);
        Assert.Contains("13x10", Assert.Throws<VsrException>(() => evaluator.ScoreClip(
            tiny, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => evaluator.ScoreClip(
            new FormulaClip(), cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_examples_metric_is_that_of_the_8_bit_frames_and_needs_more_than_12_pixels()
    {
        EvaluationOptions options = new() { ExampleMetric = true };
        ClipScore score = Score(new LateUpscaler(lookAhead: 2), options);
        Assert.Equal(score.Bicubic, score.Network);
        Assert.Null(Score(new BicubicUpscaler(4)).Network.ExamplePsnrDb);

        using FormulaClip clip = new(frameCount: 1);
        using TemporaryFolder folder = new();
        ClipScore first = new Evaluator(new BicubicUpscaler(4), CPU, options with { PicturesFolder = folder.Path })
            .ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
        RgbImage truth = PictureFile.ReadRgb(folder.File("formula-truth.png"));
        RgbImage output = PictureFile.ReadRgb(folder.File("formula-output.png"));
        Assert.Equal(ExamplePsnr.Compute(truth.Samples8, output.Samples8, truth.Width, truth.Height), first.Network.ExamplePsnrDb!.Value, 1e-12);

        using FormulaClip tiny = new(45, 15);
        Assert.Contains("44x12", Assert.Throws<VsrException>(() => new Evaluator(new BicubicUpscaler(4), CPU, options).ScoreClip(
            tiny, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_middle_frame_is_drawn_also_by_a_network_that_delivers_late()
    {
        using FormulaClip clip = new();
        using TemporaryFolder folder = new();
        new Evaluator(new LateUpscaler(lookAhead: 2), CPU, new EvaluationOptions { PicturesFolder = folder.Path })
            .ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);

        byte[] whole = new byte[3 * clip.Width * clip.Height];
        clip.ReadRgb8(1, whole);
        RgbImage truth = PictureFile.ReadRgb(folder.File("formula-truth.png"));
        RgbImage input = PictureFile.ReadRgb(folder.File("formula-input.png"));
        Assert.Equal((44, 56), (truth.Width, truth.Height));
        Assert.Equal((11, 14), (input.Width, input.Height));
        Assert.Equal(whole.AsSpan(clip.Width * 20, 44).ToArray(), truth.Samples8.Slice(44 * 20, 44).ToArray());
        byte[] bicubic = PictureFile.ReadRgb(folder.File("formula-bicubic.png")).Samples8.ToArray();
        Assert.Equal(bicubic, PictureFile.ReadRgb(folder.File("formula-output.png")).Samples8.ToArray());
        Assert.NotEqual(bicubic, truth.Samples8.ToArray());
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Every_frame_is_drawn_under_its_own_number_also_by_a_network_that_delivers_late()
    {
        using FormulaClip clip = new(frameCount: 3);
        using TemporaryFolder folder = new();
        new Evaluator(new LateUpscaler(lookAhead: 2), CPU, new EvaluationOptions { PicturesFolder = folder.Path, PicturesOfAllFrames = true })
            .ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(12, Directory.GetFiles(folder.Path).Length);
        byte[] whole = new byte[3 * clip.Width * clip.Height];
        for (int i = 0; i < 3; i++)
        {
            clip.ReadRgb8(i, whole);
            byte[] truth = PictureFile.ReadRgb(folder.File($"formula-00000{i}-truth.png")).Samples8.ToArray();
            byte[] bicubic = PictureFile.ReadRgb(folder.File($"formula-00000{i}-bicubic.png")).Samples8.ToArray();
            Assert.Equal(whole.AsSpan(0, 44).ToArray(), truth.AsSpan(0, 44).ToArray());
            Assert.Equal(bicubic, PictureFile.ReadRgb(folder.File($"formula-00000{i}-output.png")).Samples8.ToArray());
        }
    }

    [Fact]
    public void Scoring_leaks_no_tensor()
    {
        Score(new LateUpscaler(lookAhead: 1));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Score(new LateUpscaler(lookAhead: 1));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static ClipScore Score(IFrameUpscaler upscaler, EvaluationOptions? options = null)
    {
        using FormulaClip clip = new();
        return new Evaluator(upscaler, CPU, options).ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
    }

    private static JsonElement Golden(int scale)
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "tests", "Vsr.Training.Tests", "Golden", "protocol.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.EnumerateArray().Single(element => element.GetProperty("scale").GetInt32() == scale).Clone();
    }

    /// <summary>Another clip, cropped and reduced.</summary>
    private sealed class ReducedClip(IFrameSource source, int scale) : IFrameSource
    {
        public string Name => source.Name;

        public int FrameCount => source.FrameCount;

        public int Width => source.Width / scale;

        public int Height => source.Height / scale;

        public void ReadRgb8(int index, Span<byte> planar)
        {
            using DisposeScope scope = NewDisposeScope();
            byte[] whole = new byte[3 * source.Width * source.Height];
            source.ReadRgb8(index, whole);
            Tensor frame = tensor(whole).reshape(3, source.Height, source.Width).to(ScalarType.Float32) / 255;
            Tensor cropped = frame.narrow(1, 0, Height * scale).narrow(2, 0, Width * scale);
            (Degradation.Reduce(cropped, scale) * 255).round().to(ScalarType.Byte).contiguous().bytes.CopyTo(planar);
        }

        public void Dispose()
        {
        }
    }
}
