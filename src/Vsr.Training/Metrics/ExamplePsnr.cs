namespace Vsr.Training.Metrics;

/// <summary>The validation PSNR of NVIDIA's DALI example: 20 log10(255 / RMSE) of full-range luma, without the first 12 rows and the last 12 columns.</summary>
/// <remarks>
/// Luma is Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, full range 0..255) of 8-bit RGB, not rounded. The example cuts its pictures as
/// <c>[12:, :-12]</c>. Three of its defects are left out: its target is the blurred input, here it is the ground truth; it divides the sum
/// by n - 1, here means are means; it scores random crops, here whole frames. Full range alone costs 1.32 dB against
/// <see cref="Psnr"/> of studio-range luma, so the two figures must not be compared with each other.
/// </remarks>
public static class ExamplePsnr
{
    /// <summary>Rows cut away above, and columns cut away on the right; a picture must be larger both ways.</summary>
    public const int Border = 12;

    private const double Red = 0.299, Green = 0.587, Blue = 0.114;

    /// <summary>The figure of one picture.</summary>
    /// <param name="groundTruth">[3, H, W], 8 bits.</param>
    /// <param name="output">[3, H, W].</param>
    /// <param name="width">W, more than <see cref="Border"/>.</param>
    /// <param name="height">H, more than <see cref="Border"/>.</param>
    /// <returns>Decibels, at most <see cref="Psnr.MaximumDb"/>.</returns>
    /// <exception cref="ArgumentException">The lengths are not 3*W*H, or nothing is left of the picture.</exception>
    public static double Compute(ReadOnlySpan<byte> groundTruth, ReadOnlySpan<byte> output, int width, int height)
    {
        if (width <= Border || height <= Border)
        {
            throw new ArgumentException(
                $"nothing is left of {width}x{height} without {Border} rows and columns; leave such frames out", nameof(width));
        }

        int size = width * height;
        if (groundTruth.Length != 3 * size || output.Length != groundTruth.Length)
        {
            throw new ArgumentException($"{groundTruth.Length} and {output.Length} bytes for {width}x{height} pixels of RGB", nameof(output));
        }

        double sum = 0;
        for (int row = Border; row < height; row++)
        {
            for (int i = row * width; i < ((row + 1) * width) - Border; i++)
            {
                // luma is linear, so the difference of lumas is the luma of the differences
                double difference = (Red * (groundTruth[i] - output[i]))
                    + (Green * (groundTruth[size + i] - output[size + i]))
                    + (Blue * (groundTruth[(2 * size) + i] - output[(2 * size) + i]));
                sum += difference * difference;
            }
        }

        return Psnr.FromMeanSquaredError(sum / ((double)(height - Border) * (width - Border)));
    }
}
