using System.Globalization;
using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Data.Preparation.Splitting;

/// <summary>How scenes are encoded: in the source's pixel format, at a constant quantiser so fine that nothing is seen of it.</summary>
/// <remarks>
/// A constant quantiser bounds every frame's error, which a constant rate factor does not. 10 gives more than 45 dB in every frame,
/// white noise included.
/// </remarks>
internal static class SceneEncoding
{
    private const int Quantiser = 10;
    private const int RgbQuantiser = 6;
    private const int DepthStep = 6;                                            // a bit more doubles the scale: six steps of the quantiser
    private const int GroupSize = 16;
    private const string X264 = "libx264";
    private const string X264Rgb = "libx264rgb";
    private const string X265 = "libx265";
    private const string Vp9 = "libvpx-vp9";

    /// <summary>Options of a writer for frames like this one.</summary>
    /// <param name="frame">The scene's first frame.</param>
    /// <param name="stream">What the source says of itself.</param>
    /// <param name="lossless">Whether frames are kept bit for bit.</param>
    /// <exception cref="VsrException">No encoder keeps the pixel format.</exception>
    public static VideoWriterOptions For(VideoFrame frame, VideoStreamInfo stream, bool lossless)
    {
        string codec = Choose(frame);
        bool isFull = frame.Format.Name.StartsWith("yuvj", StringComparison.Ordinal);
        return new VideoWriterOptions
        {
            Width = frame.Width,
            Height = frame.Height,
            TimeBase = stream.TimeBase.IsKnown ? stream.TimeBase : new Rational(1, 25),
            FrameRate = stream.AverageRate,
            Codec = codec,
            PixelFormat = frame.Format.Name,
            Preset = codec == Vp9 ? null : "veryfast",
            GroupSize = GroupSize,
            EncoderOptions = Options(codec, frame.Format, lossless),
            Color = isFull ? frame.Color with { Range = "pc" } : frame.Color,
            SampleAspect = stream.SampleAspect is { IsKnown: true } aspect ? aspect : null,
            Rotation = stream.Rotation % 90 == 0 ? stream.Rotation : 0,
            Overwrite = true,
        };
    }

    // x264 is fastest; x265 has 12 bits and planar RGB. Both want whole chroma samples; VP9 takes any size.
    // Grey of x264 comes out of FFmpeg's decoder with empty chroma.
    private static string Choose(VideoFrame frame)
    {
        PixelFormat format = frame.Format;
        bool isWhole = frame.Width % (1 << format.ChromaShiftX) == 0 && frame.Height % (1 << format.ChromaShiftY) == 0;
        bool isSmall = Math.Min(frame.Width, frame.Height) < 64 && format.BitDepth > 8; // x265 3.5 damages memory with these
        string[] candidates = !isWhole ? [Vp9] : format.IsGray && !isSmall ? [X265] : isSmall ? [X264, Vp9] : [X264, X264Rgb, X265, Vp9];
        return candidates.FirstOrDefault(codec => Takes(codec, format.Name)) ?? throw new VsrException(
            $"no encoder for .mp4 keeps frames of {frame.Width}x{frame.Height} {format}; convert the film first, for example to yuv420p of even size");
    }

    private static bool Takes(string codec, string format)
    {
        try
        {
            return EncoderFormats.Of(codec).Contains(format);
        }
        catch (VsrException)
        {
            return false;                                                       // this FFmpeg was built without it
        }
    }

    // x264 and x265 take red and blue for chroma, which they quantise more coarsely.
    private static int QuantiserOf(PixelFormat format) => format.IsRgb ? RgbQuantiser : Quantiser;

    private static Dictionary<string, string> Options(string codec, PixelFormat format, bool lossless) => codec switch
    {
        X265 => new()
        {
            ["x265-params"] = (lossless ? "lossless=1" : string.Create(CultureInfo.InvariantCulture, $"qp={QuantiserOf(format)}"))
                + $":keyint={GroupSize}:open-gop=0:log-level=none",
        },
        Vp9 => new() { ["lossless"] = "1", ["cpu-used"] = "5", ["row-mt"] = "1" },
        _ => new()
        {
            // at 0 x264 is lossless, whatever the depth
            ["qp"] = (lossless ? 0 : QuantiserOf(format) + (DepthStep * (format.BitDepth - 8))).ToString(CultureInfo.InvariantCulture),
            ["x264-params"] = "open-gop=0:psy=0",
        },
    };
}
