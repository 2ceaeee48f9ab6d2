using System.Globalization;
using Vsr.Video;

namespace Vsr.Data.Preparation.Transcoding;

/// <summary>How copies are encoded: for random access, in closed groups of one length.</summary>
internal static class TranscodeEncoding
{
    // x265 3.5 damages memory with smaller pictures of 10 bits.
    private const int LeastHevcSide = 64;

    /// <summary>FFmpeg's name of the encoder.</summary>
    public static string EncoderOf(TranscodeOptions options) => options.EffectiveCodec == "hevc" ? "libx265" : "libx264";

    /// <summary>Options of a writer.</summary>
    /// <param name="options">Codec and quality.</param>
    /// <param name="width">Width as it is shown.</param>
    /// <param name="height">Height as it is shown.</param>
    /// <param name="stream">What the scene says of itself.</param>
    /// <param name="color">The pictures' colour description.</param>
    /// <param name="threads">Threads of the encoder.</param>
    /// <exception cref="VsrException">The picture is too small for the encoder.</exception>
    public static VideoWriterOptions For(
        TranscodeOptions options, int width, int height, VideoStreamInfo stream, ColorDescription color, int threads)
    {
        int keyInt = options.EffectiveKeyInt;
        bool isHevc = options.EffectiveCodec == "hevc";
        if (isHevc && Math.Min(width, height) < LeastHevcSide)
        {
            throw new VsrException($"{width}x{height} is too small for hevc, which needs {LeastHevcSide} pixels a side; use h264");
        }

        string groups = string.Create(CultureInfo.InvariantCulture, $"keyint={keyInt}:min-keyint={keyInt}:scenecut=0:open-gop=0");
        Dictionary<string, string> more = isHevc
            ? new()
            {
                ["profile"] = options.BitDepth == 10 ? "main10" : "main",
                ["x265-params"] = string.Create(CultureInfo.InvariantCulture, $"{groups}:pools={threads}:log-level=none"),
            }
            : new() { ["profile"] = "high", ["x264-params"] = groups };
        return new VideoWriterOptions
        {
            Width = width,
            Height = height,
            TimeBase = stream.TimeBase.IsKnown ? stream.TimeBase : new Rational(1, 25),
            FrameRate = stream.AverageRate,
            Codec = EncoderOf(options),
            PixelFormat = options.PixelFormat,
            Crf = options.EffectiveCrf,
            Preset = options.Preset,
            GroupSize = keyInt,
            EncoderOptions = more,
            Threads = isHevc ? 1 : threads,                                     // x265 takes this for frames at a time
            Color = color,
            SampleAspect = new Rational(1, 1),
            Overwrite = true,
        };
    }
}
