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
