using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>Bicubic enlargement by a whole factor as a convolution: its output is folded, S x S pixels a position.</summary>
internal static class BicubicKernels
{
    private const double A = -0.75;     // torch's
    private const int Side = 5;         // every phase's four taps, around the position

    /// <summary>The convolution's weights.</summary>
    /// <param name="scale">S.</param>
    /// <returns>float32 [3 S S, 3, 5, 5]; channel c S S + y S + x is the pixel (x, y) of channel c's S x S pixels. The caller owns it.</returns>
    public static Tensor For(int scale)
    {
        double[][] taps = [.. Enumerable.Range(0, scale).Select(phase => TapsOf(phase, scale))];
        float[,,,] kernels = new float[3 * scale * scale, 3, Side, Side];
        for (int i = 0; i < kernels.GetLength(0); i++)
        {
            (int channel, int pixel) = Math.DivRem(i, scale * scale);
            (int y, int x) = Math.DivRem(pixel, scale);
            for (int row = 0; row < Side; row++)
            {
                for (int column = 0; column < Side; column++)
                {
                    kernels[i, channel, row, column] = (float)(taps[y][row] * taps[x][column]);
                }
            }
        }

        return tensor(kernels);
    }

    /// <summary>The weights of the five positions around a pixel for one of its S phases.</summary>
    internal static double[] TapsOf(int phase, int scale)
    {
        double position = ((phase + 0.5) / scale) - 0.5;        // half-pixel centres
        double[] taps = new double[Side];
        for (int i = 0; i < Side; i++)
        {
            taps[i] = Cubic(Math.Abs(position - (i - (Side / 2))));
        }

        return taps;
    }

    private static double Cubic(double t) =>
        t <= 1 ? ((((A + 2) * t) - (A + 3)) * t * t) + 1
        : t < 2 ? (((((t - 5) * t) + 8) * t) - 4) * A
        : 0;
}
