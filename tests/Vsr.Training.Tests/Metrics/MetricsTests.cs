using Vsr.Training.Metrics;

namespace Vsr.Training.Tests.Metrics;

public class MetricsTests
{
    [Fact]
    public void Luma_spans_the_studio_range()
    {
        double[] luma = new double[3];
        Luma.FromRgb8([0, 255, 255, 0, 255, 0, 0, 255, 0], luma);
        Assert.Equal([16, 235, 16 + 65.481], luma.Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void Equal_pictures_count_100_dB_and_1()
    {
        double[] picture = Enumerable.Range(0, 12 * 13).Select(i => (double)(i * 7 % 256)).ToArray();
        Assert.Equal(Psnr.MaximumDb, Psnr.Compute(picture, picture));
        Assert.Equal(1, Ssim.Compute(picture, picture, 12, 13), 1e-12);
    }

    [Fact]
    public void One_level_everywhere_is_48_13_dB()
    {
        double[] picture = new double[37];
        double[] off = Enumerable.Repeat(1.0, 37).ToArray();
        Assert.Equal(20 * Math.Log10(255), Psnr.Compute(picture, off), 1e-12);
    }

    [Fact]
    public void The_examples_metric_is_full_range_luma_without_12_rows_above_and_12_columns_on_the_right()
    {
        // 14x14 black pixels: the 2x2 that count are in the left lower corner. Red off by 100 in one, blue by 50 in another.
        byte[] groundTruth = new byte[3 * 14 * 14];
        byte[] output = new byte[groundTruth.Length];
        output[(12 * 14) + 0] = 100;
        output[(2 * 14 * 14) + (13 * 14) + 1] = 50;
        output[(11 * 14) + 0] = 255;           // above what counts
        output[(13 * 14) + 2] = 255;           // on its right

        // lumas off by 0.299 * 100 = 29.9 and 0.114 * 50 = 5.7: (894.01 + 32.49) / 4 = 231.625; 20 log10(255 / 15.21923...) = 24.48294...
        Assert.Equal(24.48294, ExamplePsnr.Compute(groundTruth, output, 14, 14), 1e-5);
        Assert.Equal(20 * Math.Log10(255 / Math.Sqrt(231.625)), ExamplePsnr.Compute(groundTruth, output, 14, 14), 1e-12);
        Assert.Equal(Psnr.MaximumDb, ExamplePsnr.Compute(groundTruth, groundTruth, 14, 14));
        Assert.Contains("14x12", Assert.Throws<ArgumentException>(
            () => ExamplePsnr.Compute(new byte[504], new byte[504], 14, 12)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ExamplePsnr.Compute(groundTruth, new byte[587], 14, 14));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused_with_the_value()
    {
        Assert.Contains("10x40", Assert.Throws<ArgumentException>(
            () => Ssim.Compute(new double[400], new double[400], 10, 40)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ssim.Compute(new double[400], new double[401], 20, 20));
        Assert.Throws<ArgumentException>(() => Psnr.Compute(new double[2], new double[3]));
        Assert.Throws<ArgumentException>(() => Psnr.Compute([], []));
        Assert.Throws<ArgumentException>(() => Luma.FromRgb8(new byte[10], new double[3]));
    }
}
