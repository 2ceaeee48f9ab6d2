using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

/// <summary>Both resolutions of a sequence, and of a batch, show the same place at the same time.</summary>
public class PairPoolTests
{
    private const int Margin = 3;           // low-resolution pixels at a cut's edge whose reduction would see beyond it

    public PairPoolTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void SequencesAreAlignedAndDependOnTheSeed(int scale)
    {
        using PairedClips clips = PixelClips.Pairs(3, 108, 96, 8, scale);
        using PairPool pool = Cut(clips, 12, seed: 4);
        int size = 64 / scale * scale;
        Assert.Equal([12, 5, 3, size, size], pool.Frames.shape);
        Assert.Equal([12, 5, 3, size / scale, size / scale], pool.LowResolution.shape);
        RequireAligned(pool.Frames, pool.LowResolution, scale);

        using PairPool again = Cut(clips, 12, seed: 4);
        using PairPool other = Cut(clips, 12, seed: 5);
        Assert.True(AreEqual(pool.Frames, again.Frames) && AreEqual(pool.LowResolution, again.LowResolution));
        Assert.False(AreEqual(pool.Frames, other.Frames));
        Assert.False(AreEqual(pool.Frames[0], pool.Frames[1]));
    }

    [Fact]
    public void BatchesAreAlignedAndRunForwardInTime()
    {
        using PairedClips clips = PixelClips.Pairs(2, 108, 96, 8, 4);
        using PairPool pool = Cut(clips, 6, seed: 1);
        PairSampler sampler = new(pool, 7);
        using Tensor frames = zeros([16, 3, 3, 48, 48], ScalarType.Byte);
        using Tensor small = zeros([16, 3, 3, 12, 12], ScalarType.Byte);
        using Tensor alone = zeros([16, 3, 3, 48, 48], ScalarType.Byte);
        sampler.FillNext(frames, small, 5);
        RequireAligned(frames, small, 4);
        using Tensor brightness = frames.to(ScalarType.Float32).mean([2, 3, 4]);
        Assert.True((brightness.narrow(1, 1, 2) - brightness.narrow(1, 0, 2)).min().item<float>() > 5);

        sampler.FillNext(alone, null, 5);
        Assert.True(AreEqual(frames, alone));
        sampler.FillNext(alone, null, 6);
        Assert.False(AreEqual(frames, alone));
    }

    [Fact]
    public void PairsThatDoNotFitAreLeftOutAndSizesChecked()
    {
        using PairedClips clips = PixelClips.Pairs(1, 108, 96, 8, 4);
        List<string> warnings = [];
        PairedClips unfit = new(clips.Hr, clips.Hr, [new ClipPair("hr0", "hr0", 8, 4)], warnings.Add);
        Assert.Empty(unfit.Pairs);
        Assert.Contains("are not those of hr0", Assert.Single(warnings));
        Assert.Contains("none of 1 pairs has 9 frames", Assert.Throws<ArgumentException>(
            () => PairPool.Cut(clips, 1, 1, CPU, new MotionPoolOptions { FrameCount = 9, Size = 64 }, TestContext.Current.CancellationToken)).Message);
        using PairPool pool = Cut(clips, 1, seed: 1);
        using Tensor large = zeros([1, 3, 3, 96, 96], ScalarType.Byte);
        Assert.Throws<ArgumentException>(() => new PairSampler(pool, 1).FillNext(large, null, 0));
    }

    private static PairPool Cut(PairedClips clips, int count, ulong seed) => PairPool.Cut(
        clips, count, seed, CPU, new MotionPoolOptions { FrameCount = 5, Size = 64 }, TestContext.Current.CancellationToken);

    // away from the cut's edges the given frames are the reduction of the large ones, up to what rounding does to sums near a half
    private static void RequireAligned(Tensor frames, Tensor small, int scale)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor reduced = Degradation.Reduce(frames.to(ScalarType.Float64) / 255, scale) * 255;
        long inner = small.size(4) - (2 * Margin);
        Tensor difference = (reduced - small).narrow(3, Margin, inner).narrow(4, Margin, inner).abs();
        Assert.True(difference.max().item<double>() < 1.01, $"{difference.max().item<double>()} levels");
        Assert.True(difference.mean().item<double>() < 0.002, $"{difference.mean().item<double>()} levels");
    }

    private static bool AreEqual(Tensor first, Tensor second)
    {
        using Tensor same = first.eq(second);
        using Tensor all = same.all();
        return all.item<bool>();
    }
}
