namespace Vsr.Data;

/// <summary>One axis of a reduction by two: which input pixels some output pixels need, and where they are mirrored at the edges.</summary>
/// <param name="First">First output pixel.</param>
/// <param name="Count">Number of output pixels.</param>
/// <param name="InputLength">Length of the whole input axis, even.</param>
internal readonly record struct HalfSizeAxis(int First, int Count, int InputLength)
{
    /// <summary>First input pixel that is read.</summary>
    public int Start => Math.Max(0, 2 * First - HalfSizeReduction.Reach);

    /// <summary>Number of input pixels that are read.</summary>
    public int Length => Math.Min(InputLength, 2 * (First + Count) + HalfSizeReduction.Reach) - Start;

    /// <summary>Number of input positions that the output pixels weigh, edges included; output i uses the positions 2i to 2i + 7.</summary>
    public int Reached => 2 * Count + 2 * HalfSizeReduction.Reach;

    /// <summary>The pixel, counted from <see cref="Start"/>, that stands at a position; positions over an edge are mirrored.</summary>
    public int SourceOf(int position)
    {
        int pixel = 2 * First - HalfSizeReduction.Reach + position;
        while (pixel < 0 || pixel >= InputLength)
        {
            pixel = pixel < 0 ? -1 - pixel : 2 * InputLength - 1 - pixel;
        }

        return pixel - Start;
    }
}
