using Vsr.Video;

namespace Vsr.Upscaling.Color;

/// <summary>Chooses the pixel format of the output: the input's depth and chroma where the encoder has them, else what loses least.</summary>
internal static class OutputPixelFormat
{
    /// <summary>Chooses among an encoder's formats.</summary>
    /// <param name="source">The input's format.</param>
    /// <param name="supported">The encoder's formats by name; empty where it takes any.</param>
    /// <param name="encoder">The encoder's name, for the message.</param>
    /// <exception cref="VsrException">The encoder takes no planar YUV or RGB.</exception>
    public static PictureLayout Choose(PictureLayout source, IReadOnlyList<string> supported, string encoder)
    {
        IEnumerable<string> names = supported.Count == 0 ? ["yuv420p", "yuv422p", "yuv444p"] : supported;
        return names.Where(name => !name.StartsWith("yuvj", StringComparison.Ordinal)).Select(TryLayout).OfType<PictureLayout>()
            .Where(layout => DeviceYuvConversion.IsSupported(layout) && !layout.IsGray)
            .MinBy(layout => Loss(source, layout))
            ?? throw new VsrException(
                $"the encoder '{encoder}' takes none of the planar YUV and RGB formats; choose libx264, libx265 or ffv1");
    }

    /// <summary>What a stream loses that the output's format cannot hold, in words; null when nothing.</summary>
    public static string? DescribeLoss(PictureLayout source, PictureLayout chosen, string encoder)
    {
        (int x, int y) = ChromaOf(source);
        bool losesDepth = chosen.BitDepth < DepthOf(source);
        bool losesChroma = chosen.ChromaShiftX > x || chosen.ChromaShiftY > y;
        return losesDepth || losesChroma
            ? $"the encoder '{encoder}' has no format for {source.Name}: written as {chosen.Name}"
            : null;
    }

    // Lost bits weigh most, then lost chroma, then RGB made YUV or back, then what is only spent in vain.
    private static int Loss(PictureLayout source, PictureLayout candidate)
    {
        (int x, int y) = ChromaOf(source);
        int depth = candidate.BitDepth - DepthOf(source);
        int chromaX = candidate.ChromaShiftX - x;
        int chromaY = candidate.ChromaShiftY - y;
        return (1000 * Math.Max(0, -depth)) + (200 * (Math.Max(0, chromaX) + Math.Max(0, chromaY)))
            + (source.IsRgb == candidate.IsRgb ? 0 : 100)
            + (10 * (Math.Max(0, -chromaX) + Math.Max(0, -chromaY))) + (2 * Math.Max(0, depth));
    }

    /// <summary>The chroma that a format is carried on with: grey as 4:2:0, which every player shows.</summary>
    private static (int X, int Y) ChromaOf(PictureLayout source) => source switch
    {
        { IsGray: true } => (1, 1),
        { HasPalette: true } or { IsRgb: true } => (0, 0),
        _ => (Math.Min(1, source.ChromaShiftX), Math.Min(1, source.ChromaShiftY)),
    };

    private static int DepthOf(PictureLayout source) => source.HasPalette ? 8 : Math.Clamp(source.BitDepth, 8, 16);

    private static PictureLayout? TryLayout(string name)
    {
        try
        {
            return PictureLayouts.Of(name);
        }
        catch (VsrException)
        {
            return null;                                                        // hardware surfaces and the like
        }
    }
}
