namespace Vsr.Data;

/// <summary>Flips, transposition and time reversal of one sequence of 8-bit planes, from one buffer to another.</summary>
internal static class SampleTransform
{
    private const int Tile = 32;

    /// <summary>True when the plan leaves frames as they were read.</summary>
    public static bool IsIdentity(SamplePlan plan) =>
        !(plan.FlipHorizontal | plan.FlipVertical | plan.Transpose | plan.ReverseTime);

    /// <summary>Applies a plan's transforms.</summary>
    /// <param name="source">uint8 [T, C, crop height, crop width] as read.</param>
    /// <param name="destination">uint8 [T, C, H, W]; H and W are the crop's, exchanged when transposed.</param>
    /// <param name="frames">T.</param>
    /// <param name="channels">C.</param>
    /// <param name="plan">Crop size and transforms: transposition first, then flips.</param>
    public static void Apply(ReadOnlySpan<byte> source, Span<byte> destination, int frames, int channels, in SamplePlan plan)
    {
        int planeBytes = plan.Crop.Width * plan.Crop.Height;
        int frameBytes = channels * planeBytes;
        for (int frame = 0; frame < frames; frame++)
        {
            int target = plan.ReverseTime ? frames - 1 - frame : frame;
            for (int channel = 0; channel < channels; channel++)
            {
                ReadOnlySpan<byte> from = source.Slice(frame * frameBytes + channel * planeBytes, planeBytes);
                Span<byte> to = destination.Slice(target * frameBytes + channel * planeBytes, planeBytes);
                if (plan.Transpose)
                {
                    Transpose(from, to, plan.Crop.Width, plan.Crop.Height);
                    FlipInPlace(to, plan.Crop.Height, plan.Crop.Width, plan.FlipHorizontal, plan.FlipVertical);
                }
                else
                {
                    from.CopyTo(to);
                    FlipInPlace(to, plan.Crop.Width, plan.Crop.Height, plan.FlipHorizontal, plan.FlipVertical);
                }
            }
        }
    }

    // [height, width] to [width, height], in tiles that stay in the first-level cache
    private static void Transpose(ReadOnlySpan<byte> from, Span<byte> to, int width, int height)
    {
        for (int top = 0; top < height; top += Tile)
        {
            int bottom = Math.Min(top + Tile, height);
            for (int x = 0; x < width; x++)
            {
                Span<byte> column = to.Slice(x * height, height);
                for (int y = top; y < bottom; y++)
                {
                    column[y] = from[y * width + x];
                }
            }
        }
    }

    private static void FlipInPlace(Span<byte> plane, int width, int height, bool horizontal, bool vertical)
    {
        if (horizontal && vertical)
        {
            plane.Reverse();
        }
        else if (horizontal)
        {
            for (int y = 0; y < height; y++)
            {
                plane.Slice(y * width, width).Reverse();
            }
        }
        else if (vertical)
        {
            byte[] row = new byte[width];
            for (int y = 0; y < height / 2; y++)
            {
                Span<byte> upper = plane.Slice(y * width, width);
                Span<byte> lower = plane.Slice((height - 1 - y) * width, width);
                upper.CopyTo(row);
                lower.CopyTo(upper);
                row.CopyTo(lower);
            }
        }
    }
}
