namespace Vsr.Video;

/// <summary>The decoder's surface formats as layouts of the software conversion, which is what gives them their meaning.</summary>
internal static class SurfaceLayouts
{
    private const int LowestDepth = 8;
    private const int HighestDepth = 16;

    private static readonly PictureLayout[] Layouts = Enum.GetValues<SurfaceFormat>()
        .SelectMany(format => Enumerable.Range(LowestDepth, HighestDepth - LowestDepth + 1).Select(depth => Make(format, depth)))
        .ToArray();

    /// <summary>Bytes of a sample: 1 or 2.</summary>
    public static int SampleBytes(SurfaceFormat format) => format is SurfaceFormat.P016 or SurfaceFormat.Yuv444P16 ? 2 : 1;

    /// <summary>The layout of a surface.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The format has no samples of that depth.</exception>
    public static PictureLayout Of(SurfaceFormat format, int bitDepth)
    {
        if (bitDepth < LowestDepth || bitDepth > 8 * SampleBytes(format))
        {
            throw new ArgumentOutOfRangeException(nameof(bitDepth), bitDepth,
                $"{format} holds samples of {LowestDepth} to {8 * SampleBytes(format)} bits");
        }

        return Layouts[((int)format * (HighestDepth - LowestDepth + 1)) + bitDepth - LowestDepth];
    }

    private static PictureLayout Make(SurfaceFormat format, int depth)
    {
        int bytes = SampleBytes(format);
        int shift = Math.Max((8 * bytes) - depth, 0);
        bool interleaved = format is SurfaceFormat.Nv12 or SurfaceFormat.P016;
        return new PictureLayout
        {
            Name = $"{format} of {depth} bits",
            Components = interleaved
                ? [new(0, bytes, 0, shift, depth), new(1, 2 * bytes, 0, shift, depth), new(1, 2 * bytes, bytes, shift, depth)]
                : [new(0, bytes, 0, shift, depth), new(1, bytes, 0, shift, depth), new(2, bytes, 0, shift, depth)],
            ChromaShiftX = interleaved ? 1 : 0,
            ChromaShiftY = interleaved ? 1 : 0,
        };
    }
}
