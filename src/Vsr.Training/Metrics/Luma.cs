namespace Vsr.Training.Metrics;

/// <summary>Studio-range luma of 8-bit RGB, as the published figures use it: Y = 16 + (65.481 R + 128.553 G + 24.966 B) / 255.</summary>
/// <remarks>
/// ITU-R BT.601 weights, range 16..235, not rounded; what MATLAB's rgb2ycbcr gives for pictures in floating point. Full-range
/// luma would cost 20 log10(255 / 219) = 1.32 dB of PSNR and be comparable with nothing.
/// </remarks>
public static class Luma
{
    private static readonly double[] Red = Table(65.481, 16);
    private static readonly double[] Green = Table(128.553, 0);
    private static readonly double[] Blue = Table(24.966, 0);

    /// <summary>Computes the luma of a picture.</summary>
    /// <param name="planarRgb">[3, H, W], 8 bits.</param>
    /// <param name="luma">Receives [H, W], 16..235.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void FromRgb8(ReadOnlySpan<byte> planarRgb, Span<double> luma)
    {
        if (planarRgb.Length != 3 * luma.Length)
        {
            throw new ArgumentException(
                $"{planarRgb.Length} bytes of RGB for {luma.Length} pixels; give three planes of that size", nameof(planarRgb));
        }

        ReadOnlySpan<byte> red = planarRgb[..luma.Length];
        ReadOnlySpan<byte> green = planarRgb.Slice(luma.Length, luma.Length);
        ReadOnlySpan<byte> blue = planarRgb[(2 * luma.Length)..];
        for (int i = 0; i < luma.Length; i++)
        {
            luma[i] = Red[red[i]] + Green[green[i]] + Blue[blue[i]];
        }
    }

    private static double[] Table(double weight, double offset) =>
        Enumerable.Range(0, 256).Select(level => offset + (weight * level / 255)).ToArray();
}
