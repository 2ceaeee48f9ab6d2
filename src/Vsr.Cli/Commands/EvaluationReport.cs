using System.Globalization;
using Vsr.Training.Evaluation;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>Prints an evaluation: a table that grows clip by clip, or JSON alone at the end; warnings and progress on standard error.</summary>
internal sealed class EvaluationReport(bool json, EvaluationOptions options, string network)
{
    private readonly List<CompressedEvaluation> _compressed = [];
    private List<ClipScore> _scores = [];
    private ClipCompression? _compression;
    private int _nameWidth = "mean".Length;

    /// <summary>Whether a clip could not be scored.</summary>
    public bool HasFailures { get; private set; }

    /// <summary>Begins a table: the only one, or that of a compression.</summary>
    public void Start(IReadOnlyList<string> clips, ClipCompression? compression)
    {
        bool isFirst = _compression is null;
        (_scores, _compression) = ([], compression);
        _nameWidth = clips.Select(clip => Path.GetFileNameWithoutExtension(clip).Length).Append(_nameWidth).Max();
        if (!json)
        {
            string input = compression is null ? "" : $", input compressed by {compression.CodecName} at crf {compression.Crf}";
            Console.WriteLine($"{(isFirst ? "" : Environment.NewLine)}{network} against bicubic, dB and SSIM of "
                + $"{(options.Rgb ? "RGB" : "luma (BT.601, studio range)")}{input}");
            if (options.TemporalFlow is not null)
            {
                Console.WriteLine("warping error and flicker in thousandths, 255 levels squared as 1: less is steadier");
            }

            Console.WriteLine($"{"clip".PadRight(_nameWidth)}  frames     PSNR  bicubic    gain    SSIM  bicubic{(options.ExampleMetric ? "  example  bicubic" : "")}"
                + (options.TemporalFlow is null ? "" : "  flicker  bicubic     warp  bicubic    truth")
                + (compression is null ? "" : "  bits/px"));
        }
    }

    public void Add(ClipScore score)
    {
        _scores.Add(score);
        ClearProgress();
        PrintRow(score.Name, $"{score.Frames}", score.Network, score.Bicubic, score.Temporal, score.BitsPerPixel);
    }

    public void Warn(string clip, Exception failure)
    {
        HasFailures = true;
        ClearProgress();
        Console.Error.WriteLine($"vsr: warning: {Path.GetFileName(clip)} is left out: {failure.Message.ReplaceLineEndings(" ")}");
    }

    /// <summary>A line that is redrawn frame by frame on a terminal; null elsewhere.</summary>
    public static IProgress<int>? ProgressOf(IFrameSource clip) =>
        Console.IsErrorRedirected ? null : new FrameCounter(clip.Name, clip.FrameCount);

    /// <summary>Ends a table with its means.</summary>
    public void FinishTable()
    {
        EvaluationResult result = new(_scores);
        if (_compression is not null)
        {
            _compressed.Add(new CompressedEvaluation(_compression, result));
        }

        if (result is { Network: { } mean, Bicubic: { } bicubic })
        {
            PrintRow("mean", "", mean, bicubic, result.Temporal, result.BitsPerPixel);
        }
    }

    /// <summary>Prints the JSON, where it is asked for.</summary>
    public void Finish()
    {
        if (json)
        {
            Console.WriteLine(_compression is null ? EvaluationJson.Write(new EvaluationResult(_scores)) : EvaluationJson.Write(_compressed));
        }
    }

    private static void ClearProgress()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }

    private void PrintRow(
        string name, string frames, QualityScore scored, QualityScore bicubic, TemporalScore? temporal, double? bitsPerPixel)
    {
        if (!json)
        {
            string example = scored.ExamplePsnrDb is null ? "" : string.Create(
                CultureInfo.InvariantCulture, $"  {scored.ExamplePsnrDb,7:0.000}  {bicubic.ExamplePsnrDb,7:0.000}");
            string steadiness = options.TemporalFlow is null ? "" : string.Concat(new[]
            {
                temporal?.NetworkFlicker, temporal?.BicubicFlicker, temporal?.NetworkWarpError, temporal?.BicubicWarpError, temporal?.TruthWarpError,
            }.Select(value => value is null ? "        -" : string.Create(CultureInfo.InvariantCulture, $"  {1000 * value,7:0.0000}")));
            string bits = bitsPerPixel is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  {bitsPerPixel,7:0.0000}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name.PadRight(_nameWidth)}  {frames,6}  {scored.PsnrDb,7:0.000}  {bicubic.PsnrDb,7:0.000}  "
                + $"{scored.PsnrDb - bicubic.PsnrDb,6:+0.000;-0.000;0.000}  {scored.Ssim,6:0.0000}  {bicubic.Ssim,7:0.0000}{example}{steadiness}{bits}"));
        }
    }

    private sealed class FrameCounter(string name, int total) : IProgress<int>
    {
        public void Report(int value) => Console.Error.Write($"\r{name}: {value} of {total} frames\u001b[K");
    }
}
