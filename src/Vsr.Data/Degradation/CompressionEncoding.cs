using System.Globalization;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>How low-resolution frames are compressed: as people's encoders are set, and by libx264 to the same bytes every time.</summary>
/// <remarks>
/// libx265 3.5 also reads memory that nobody has written, while it looks ahead (cutree and the choice of B frames), in its plain C code too: its
/// files may differ by a few bits from run to run. Without both it would be repeatable, but no longer what people use.
/// </remarks>
internal static class CompressionEncoding
{
    /// <summary>The preset of both encoders.</summary>
    public const string Preset = "medium";

    // x265 is not made for smaller pictures.
    private const int LeastHevcSide = 64;

    /// <summary>The codec of a name on the command line and in manifests: "h264", "hevc".</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static CompressionCodec CodecOf(string name, params string[] others) => name switch
    {
        "h264" => CompressionCodec.H264,
        "hevc" => CompressionCodec.Hevc,
        _ => throw new ArgumentException($"codec '{name}' is none of {string.Join(", ", ["h264", "hevc", .. others])}"),
    };

    /// <summary>The name of a codec.</summary>
    public static string NameOf(CompressionCodec codec) => codec == CompressionCodec.Hevc ? "hevc" : "h264";

    /// <summary>FFmpeg's name of the encoder.</summary>
    public static string EncoderOf(CompressionCodec codec) => codec == CompressionCodec.Hevc ? "libx265" : "libx264";

    /// <summary>Options of a writer: preset medium, the encoder's own groups, yuv420p, one thread.</summary>
    /// <exception cref="VsrException">The picture is too small for the encoder.</exception>
    public static VideoWriterOptions For(
        CompressionCodec codec, int crf, int width, int height, Rational timeBase, Rational? frameRate)
    {
        bool isHevc = codec == CompressionCodec.Hevc;
        if (isHevc && Math.Min(width, height) < LeastHevcSide)
        {
            throw new VsrException(string.Create(CultureInfo.InvariantCulture,
                $"low-resolution frames of {width}x{height} are too small for hevc, which needs {LeastHevcSide} pixels a side; use h264"));
        }

        return new VideoWriterOptions
        {
            Width = width,
            Height = height,
            TimeBase = timeBase,
            FrameRate = frameRate,
            Codec = EncoderOf(codec),
            Crf = crf,
            Preset = Preset,
            EncoderOptions = isHevc
                ? new Dictionary<string, string> { ["x265-params"] = "pools=1:log-level=none" }
                : RepeatableX264.Options(),
            Threads = RepeatableX264.Threads,
            Overwrite = true,
        };
    }
}
