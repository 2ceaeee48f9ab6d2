using Vsr.Video;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>How rendered sequences are encoded: so fine that hardly anything is lost, colour at full size, full range.</summary>
/// <remarks>
/// A constant quantiser bounds every frame's error, whatever the picture. Colour differences are quantised more finely than luma, since an
/// error of theirs is nearly twice as large in red and blue. Every frame is over 48 dB, over red, green and blue.
/// </remarks>
internal static class StillEncoding
{
    private const string Quantisers = "qp=5:ipratio=1:pbratio=1:chroma-qp-offset=-3:psy=0";
    private const int GroupSize = 16;

    /// <summary>Options of a writer for square frames.</summary>
    public static VideoWriterOptions For(int size) => new()
    {
        Width = size,
        Height = size,
        FrameRate = new Rational(25, 1),
        PixelFormat = "yuv444p",
        Preset = "veryfast",
        GroupSize = GroupSize,
        Color = new ColorDescription("smpte170m", "pc", null, null, null),
        EncoderOptions = RepeatableX264.Options(Quantisers),
        Threads = RepeatableX264.Threads,
        Overwrite = true,
    };
}
