using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

public class ClipPoolTests
{
    private static readonly MotionPoolOptions Small = new() { FrameCount = 4, Size = 32 };

    public ClipPoolTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Sequences_are_shrunk_parts_of_clips_in_even_steps()
    {
        using DisposeScope scope = NewDisposeScope();
        using BandedClips clips = new();
        using ClipPool pool = ClipPool.Cut(clips, 24, 3, CPU, Small, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([24, 4, 3, 32, 32], pool.Frames.shape);
        Tensor means = pool.Frames.to(ScalarType.Float32).mean([3L, 4L]);             // [n, T, 3]: red 10 a frame
        Tensor steps = (means.slice(1, 1, 4, 1) - means.slice(1, 0, 3, 1)).select(2, 0) / 10;
        Assert.True((steps - steps.round()).abs().max().item<float>() < 0.02f);
        Assert.True((steps - steps.narrow(1, 0, 1)).abs().max().item<float>() < 0.02f);
        Assert.Equal([1, 2, 3], steps.select(1, 0).round().data<float>().ToArray().Distinct().Order());
        Assert.True(means.select(2, 2).max().item<float>() == 0, "a clip that is too short or too small was used");
    }

    [Fact]
    public void The_busier_of_two_candidates_is_taken()
    {
        using BandedClips clips = new();
        using ClipPool pool = ClipPool.Cut(clips, 60, 3, CPU, Small, cancellation: TestContext.Current.CancellationToken);
        using DisposeScope scope = NewDisposeScope();
        Tensor deviation = pool.Frames.select(1, 0).select(1, 1).to(ScalarType.Float32).flatten(1).std(1L);
        double busy = (deviation > 10).to(ScalarType.Float32).mean().item<float>();
        Assert.True(busy > 0.6, $"{busy:0.00} of the sequences touch the busy half of the pictures");
    }

    [Fact]
    public void A_pool_depends_on_the_seed_alone()
    {
        using BandedClips clips = new();
        byte[] Cut(ulong seed, int count)
        {
            using ClipPool pool = ClipPool.Cut(clips, count, seed, CPU, Small, cancellation: TestContext.Current.CancellationToken);
            return pool.Frames.data<byte>().ToArray();
        }

        byte[] first = Cut(5, 9);
        Assert.Equal(first, Cut(5, 11).Take(first.Length));
        Assert.NotEqual(first, Cut(6, 9));
    }

    [Fact]
    public void Clips_that_are_all_too_short_are_refused()
    {
        using BandedClips clips = new();
        Assert.Contains("99 frames", Assert.Throws<ArgumentException>(() => ClipPool.Cut(
            clips, 1, 0, CPU, Small with { FrameCount = 99 }, cancellation: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Red counts frames by tens; green is striped in the lower half only; blue marks the clips that do not qualify.</summary>
    private sealed class BandedClips : IClipSource
    {
        public IReadOnlyList<ClipInfo> Clips { get; } =
            [new("long", 16, 90, 80), new("short", 3, 90, 80), new("small", 16, 90, 31), new("other", 5, 64, 128)];

        public IReadOnlyList<string> Warnings => [];

        public IClipReader Open(int clip) => new Reader(Clips[clip], isUnfit: clip is 1 or 2);

        public void Dispose()
        {
        }

        private sealed class Reader(ClipInfo info, bool isUnfit) : IClipReader
        {
            public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
            {
                int plane = crop.Width * crop.Height;
                for (int i = 0; i < planar.Length; i++)
                {
                    int frame = firstFrame + (i / (3 * plane) * stride);
                    int row = crop.Y + (i % plane / crop.Width);
                    planar[i] = (i / plane % 3) switch
                    {
                        0 => (byte)(10 * frame),
                        1 => (byte)(row > info.Height / 2 && row / 4 % 2 == 0 ? 200 : 0),
                        _ => (byte)(isUnfit ? 255 : 0),
                    };
                }
            }

            public void Dispose()
            {
            }
        }
    }
}
