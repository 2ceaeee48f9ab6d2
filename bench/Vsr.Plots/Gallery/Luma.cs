using SkiaSharp;

namespace Vsr.Plots.Gallery;

/// <summary>Luma of pictures as in docs/metrics.md, and errors of it.</summary>
internal static class Luma
{
    private const double MostDb = 100;

    /// <summary>Y = 16 + (65.481 R + 128.553 G + 24.966 B) / 255 of 8-bit R, G, B.</summary>
    public static double Of(SKColor color) => 16 + (((65.481 * color.Red) + (128.553 * color.Green) + (24.966 * color.Blue)) / 255);

    /// <summary>The squared error of one pixel.</summary>
    public static double SquaredError(SKBitmap picture, SKBitmap truth, int x, int y)
    {
        double difference = Of(picture.GetPixel(x, y)) - Of(truth.GetPixel(x, y));
        return difference * difference;
    }

    /// <summary>PSNR in dB of two pictures of one size, at most 100.</summary>
    public static double PsnrDb(SKBitmap picture, SKBitmap truth)
    {
        double sum = 0;
        for (int y = 0; y < truth.Height; y++)
        {
            for (int x = 0; x < truth.Width; x++)
            {
                sum += SquaredError(picture, truth, x, y);
            }
        }

        return Math.Min(MostDb, 10 * Math.Log10(255.0 * 255 * truth.Width * truth.Height / sum));
    }
}
