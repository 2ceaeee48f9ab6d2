using Vsr.Video;

namespace Vsr.Data.Synthesis;

/// <summary>A part of a clip chosen for a pool: T frames, a square region.</summary>
/// <param name="Clip">Index in the source.</param>
/// <param name="FirstFrame">First frame.</param>
/// <param name="Stride">Distance of neighbouring frames.</param>
/// <param name="Region">The region, before it is shrunk to the pool's size.</param>
/// <param name="Pixels">uint8 [T, 3, h, w].</param>
internal sealed record ClipCut(int Clip, int FirstFrame, int Stride, PixelRect Region, byte[] Pixels)
{
    /// <summary>How busy the middle frame is: mean difference of neighbours in every second row and column, grey levels.</summary>
    public static double Energy(ReadOnlySpan<byte> planar, int size)
    {
        int plane = size * size;
        int samples = (size + 1) / 2;
        int[] grey = new int[samples * samples];
        for (int row = 0; row < samples; row++)
        {
            for (int column = 0; column < samples; column++)
            {
                int at = (2 * row * size) + (2 * column);
                grey[(row * samples) + column] = planar[at] + planar[plane + at] + planar[(2 * plane) + at];
            }
        }

        long sum = 0;
        for (int row = 1; row < samples; row++)
        {
            for (int column = 1; column < samples; column++)
            {
                int at = (row * samples) + column;
                sum += Math.Abs(grey[at] - grey[at - 1]) + Math.Abs(grey[at] - grey[at - samples]);
            }
        }

        return sum / (3.0 * grey.Length);
    }
}
