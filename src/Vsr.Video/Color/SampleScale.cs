namespace Vsr.Video;

/// <summary>The code values of black, full scale and grey chroma for a bit depth and a range (H.273, equations 27 to 32).</summary>
/// <param name="LumaOffset">Code of black: 0, or 16 at 8 bits in limited range.</param>
/// <param name="LumaSpan">Codes from black to white: 2^depth - 1, or 219 at 8 bits.</param>
/// <param name="ChromaOffset">Code of no colour: 2^(depth-1).</param>
/// <param name="ChromaSpan">Codes of a colour difference from -0.5 to 0.5: 2^depth - 1, or 224 at 8 bits.</param>
internal readonly record struct SampleScale(double LumaOffset, double LumaSpan, double ChromaOffset, double ChromaSpan)
{
    /// <summary>The scale of integer samples.</summary>
    public static SampleScale Of(int depth, bool fullRange)
    {
        double unit = 1 << (depth - 8);
        double maximum = (1 << depth) - 1;
        return fullRange
            ? new SampleScale(0, maximum, 128 * unit, maximum)
            : new SampleScale(16 * unit, 219 * unit, 128 * unit, 224 * unit);
    }
}
