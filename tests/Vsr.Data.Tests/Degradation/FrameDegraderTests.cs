using TorchSharp;
using Vsr.Data.Resampling;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Degrading;

/// <summary>Compares the host's one-pass filter with the tensors' reduction and a plain Gaussian before it, and measures the noise.</summary>
public class FrameDegraderTests
{
    public FrameDegraderTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(2, 70, 45)]
    [InlineData(3, 145, 80)]
    [InlineData(4, 145, 86)]
    [InlineData(4, 8, 8)]
    public void WithoutBlurAndNoiseFramesAreReducedAsByTheProtocol(int scale, int width, int height)
    {
        byte[] hr = Pattern(width, height);
        (byte[] lr, FrameDegrader degrader) = Degrade(Plain(scale), hr, width, height);
        Assert.Equal((width / (2 * scale) * 2 * scale, height / (2 * scale) * 2 * scale), (degrader.CroppedWidth, degrader.CroppedHeight));

        using Tensor expected = Reduced(hr, width, height, degrader, scale, sigma: 0);
        byte[] levels = Levels(expected);
        int differences = lr.Where((level, i) => level != levels[i]).Count();
        Assert.All(lr.Zip(levels), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.True(differences <= (scale == 3 ? lr.Length / 1000 : 0), $"{differences} of {lr.Length} levels differ");
    }

    [Theory]
    [InlineData(2, 0.4)]
    [InlineData(3, 1.1)]
    [InlineData(4, 2)]
    [InlineData(4, 5)]
    public void BlurIsAGaussianBeforeTheReduction(int scale, double sigma)
    {
        const int width = 99;
        const int height = 50;
        byte[] hr = Pattern(width, height);
        (byte[] lr, FrameDegrader degrader) = Degrade(Plain(scale) with { BlurSigma = sigma }, hr, width, height);

        using Tensor expected = Reduced(hr, width, height, degrader, scale, sigma);
        double[] values = [.. expected.flatten().data<double>().Select(value => Math.Clamp(value * 255, 0, 255))];
        Assert.All(lr.Zip(values), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) < 0.5 + 1e-4, $"{pair.First} for {pair.Second}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NoiseHasTheDeviationAndIsNewInEveryFrame(bool colored)
    {
        const int side = 256;
        const double sigma = 6;
        byte[] grey = new byte[3 * side * side];
        Array.Fill(grey, (byte)100);
        ClipDegradation drawn = Plain(2) with { NoiseSigma = sigma, IsNoiseColored = colored };
        FrameDegrader degrader = new(drawn, side, side);
        byte[][] frames = [.. new[] { 0, 1, 0 }.Select(frame =>
        {
            byte[] lr = new byte[3 * degrader.Width * degrader.Height];
            degrader.Degrade(frame, grey, lr);
            return lr;
        })];

        int plane = degrader.Width * degrader.Height;
        double[] noise = [.. frames[0].Select(level => level - 100.0)];
        Assert.Equal(0, noise.Average(), tolerance: 0.2);
        Assert.Equal(sigma, Math.Sqrt(noise.Average(value => value * value)), tolerance: 0.2);
        Assert.Equal(0, Correlation(noise[..plane], [.. frames[1][..plane].Select(level => level - 100.0)], sigma), tolerance: 0.04);
        Assert.Equal(colored ? 0 : 1, Correlation(noise[..plane], noise[plane..(2 * plane)], sigma), tolerance: 0.04);
        Assert.Equal(0, Correlation(noise[..(plane - 1)], noise[1..plane], sigma), tolerance: 0.04);
        Assert.Equal(frames[0], frames[2]);
    }

    [Fact]
    public void NoiseDiffersBetweenClipsVariantsAndSeeds()
    {
        ClipDegradation drawn = Plain(4) with { NoiseSigma = 5 };
        byte[] grey = [.. Enumerable.Repeat((byte)90, 3 * 64 * 64)];
        ClipDegradation[] others = [drawn, drawn with { Name = "b" }, drawn with { Variant = 1 }, drawn with { Seed = 2 }];
        byte[][] results = [.. others.Select(other => Degrade(other, grey, 64, 64).Lr)];
        Assert.Equal(others.Length, results.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void FramesTooSmallToReduceAreRefused()
    {
        VsrException refused = Assert.Throws<VsrException>(() => new FrameDegrader(Plain(4), 7, 90));
        Assert.Equal("frames of 7x90 are too small to be reduced 4 times; they need 8 pixels a side", refused.Message);
    }

    private static ClipDegradation Plain(int scale) => new() { Seed = 1, Name = "a", Scale = scale, Crf = 23 };

    private static byte[] Pattern(int width, int height)
    {
        byte[] planar = new byte[3 * width * height];
        new Random(width).NextBytes(planar);
        for (int i = 0; i < planar.Length / 2; i++)
        {
            planar[i] = (byte)(127 + (120 * Math.Sin(i * 0.11)));                // half noise, half waves
        }

        return planar;
    }

    private static (byte[] Lr, FrameDegrader Degrader) Degrade(ClipDegradation drawn, byte[] hr, int width, int height)
    {
        FrameDegrader degrader = new(drawn, width, height);
        byte[] lr = new byte[3 * degrader.Width * degrader.Height];
        degrader.Degrade(0, hr, lr);
        return (lr, degrader);
    }

    private static Tensor Reduced(byte[] hr, int width, int height, FrameDegrader degrader, int scale, double sigma)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frame = (tensor(hr).reshape(3, height, width).to(ScalarType.Float64) / 255)
            .narrow(1, 0, degrader.CroppedHeight).narrow(2, 0, degrader.CroppedWidth);
        if (sigma > 0)
        {
            frame = Blurred(Blurred(frame, 1, sigma), 2, sigma);
        }

        return scope.MoveToOuter(Degradation.Reduce(frame, scale, quantize: false).contiguous());
    }

    private static Tensor Blurred(Tensor frame, int dim, double sigma)
    {
        int radius = (int)Math.Ceiling(3 * sigma);
        Tensor weights = (arange(-radius, radius + 1, dtype: ScalarType.Float64).square() / (-2 * sigma * sigma)).exp();
        weights /= weights.sum();
        Tensor windows = MirroredEdge.Extend(frame, dim, radius).unfold(dim, (2 * radius) + 1, 1);
        return (windows * weights).sum(-1);
    }

    private static byte[] Levels(Tensor values)
    {
        using Tensor levels = Degradation.Quantize(values);
        return [.. levels.flatten().data<double>().Select(level => (byte)Math.Round(level * 255))];
    }

    private static double Correlation(double[] first, double[] second, double sigma) =>
        first.Zip(second).Average(pair => pair.First * pair.Second) / (sigma * sigma);
}
