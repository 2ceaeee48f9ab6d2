using TorchSharp;
using Vsr.Cli.Bench.Networks;
using Vsr.Cli.Tests.Reading;
using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Tests.Bench;

/// <summary>The parts of vsr bench network.</summary>
public class NetworkBenchTests
{
    [Theory]
    [InlineData(0.5, 2.5, 1.0, 2.0, 3.0, 4.0)]
    [InlineData(0.5, 2.0, 1.0, 2.0, 3.0)]
    [InlineData(0.9, 4.0, 1.0, 2.0, 3.0, 4.0)]
    [InlineData(0.9, 9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)]
    [InlineData(0.9, 7.0, 7.0)]
    public void QuantilesAreThoseOfTheTimes(double share, double expected, params double[] times) =>
        Assert.Equal(expected, NetworkBench.Quantile(times, share));

    [Fact]
    public void PicturesAreTheSampleClipForthAndBack()
    {
        TorchTestBackend.Ensure();
        using DisposeScope scope = NewDisposeScope();
        using VideoFrameSource source = new(VsrProcess.Sample);
        using MovingPictures native = new(source.Width, source.Height, pinned: false);
        byte[] planar = new byte[3 * source.Width * source.Height];
        foreach ((int place, int frame) in new[] { (0, 0), (1, 1), (23, 23), (24, 22), (45, 1), (46, 0), (47, 1), (92, 0) })
        {
            source.ReadRgb8(frame, planar);
            Assert.True(native[place].bytes.SequenceEqual(planar), $"{place}");
        }

        using MovingPictures small = new(40, 30, pinned: false);
        Assert.Equal([3, 30, 40], small[5].shape);
        double apart = (small[6].to(ScalarType.Float32) - small[5].to(ScalarType.Float32)).abs().mean().item<float>();
        double mean = small[5].to(ScalarType.Float32).mean().item<float>();
        source.ReadRgb8(5, planar);
        Assert.InRange(mean, planar.Average(value => (double)value) - 3, planar.Average(value => (double)value) + 3);
        Assert.InRange(apart, 0.05, 20);       // it moves
    }
}
