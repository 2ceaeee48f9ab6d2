using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

public class MotionPoolTests
{
    private static readonly MotionPoolOptions Small = new() { FrameCount = 6, Size = 64 };

    public MotionPoolTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Warping_a_neighbour_by_the_flow_gives_the_frame()
    {
        using DisposeScope scope = NewDisposeScope();
        using MotionPool pool = Render(seed: 3, count: 12, Small);
        Tensor lr = Degradation.Reduce(pool.Frames.to(ScalarType.Float32) / 255, 4);            // [n, T, 3, h, w]
        Tensor flow = pool.Flow.to(ScalarType.Float32);
        for (int forward = 0; forward < 2; forward++)
        {
            Tensor current = lr.slice(1, 1, 5, 1).flatten(0, 1);
            Tensor neighbour = lr.slice(1, 2 * forward, 4 + (2 * forward), 1).flatten(0, 1);
            Tensor f = flow.select(1, forward).slice(1, 1, 5, 1).flatten(0, 1);
            double warped = Error(Warp(neighbour, f), current);
            double still = Error(neighbour, current);
            double wrong = Error(Warp(neighbour, -f), current);
            Assert.True(warped < 0.35 * still, $"warped {warped:0.0000}, not warped {still:0.0000}");
            Assert.True(warped < 0.25 * wrong, $"warped {warped:0.0000}, by the opposite flow {wrong:0.0000}");
        }
    }

    [Fact]
    public void Flow_there_and_back_again_cancels_for_every_kind_of_path()
    {
        using DisposeScope scope = NewDisposeScope();
        using PointGrid grid = new(16, -30, 4, CPU);
        for (int seed = 0; seed < 20; seed++)
        {
            MotionPath path = MotionPath.Draw(new MotionRandom(new SampleGenerator((ulong)seed, 0, 0)), 6);
            Tensor there = grid.Flow(path, 1);
            Tensor back = grid.Flow(path, -1);
            Tensor f = there[2] / 4;                                                         // in steps of the grid
            Tensor returned = Warp(back[3].unsqueeze(0), f.unsqueeze(0))[0];
            Tensor inside = (returned + there[2]).slice(1, 4, 12, 1).slice(2, 4, 12, 1);
            Assert.True(inside.abs().max().item<float>() < 0.15f, $"seed {seed}: {inside.abs().max().item<float>()}");
        }
    }

    [Fact]
    public void A_pool_depends_on_the_seed_alone()
    {
        using MotionPool first = Render(seed: 7, count: 2, Small);
        using MotionPool again = Render(seed: 7, count: 3, Small);
        using MotionPool other = Render(seed: 8, count: 2, Small);
        Assert.Equal(Bytes(first.Frames), Bytes(again.Frames).Take((int)first.Frames.numel()));
        Assert.NotEqual(Bytes(first.Frames), Bytes(other.Frames));
    }

    [Fact]
    public void Frames_hold_texture_and_move()
    {
        using DisposeScope scope = NewDisposeScope();
        using MotionPool pool = Render(seed: 1, count: 4, Small);
        Assert.Equal([4, 6, 3, 64, 64], pool.Frames.shape);
        Assert.Equal([4, 2, 6, 2, 16, 16], pool.Flow.shape);
        Assert.Equal((ScalarType.Byte, ScalarType.Float16), (pool.Frames.dtype, pool.Flow.dtype));
        Tensor frames = pool.Frames.to(ScalarType.Float32);
        Assert.True(frames.std(new long[] { 2, 3, 4 }).min().item<float>() > 5);
        Assert.True((frames.select(1, 0) - frames.select(1, 5)).abs().mean([1L, 2L, 3L]).min().item<float>() > 1);
        Assert.True(pool.Flow.to(ScalarType.Float32).abs().max().item<float>() < 30);
    }

    [Fact]
    public void Rendering_can_be_watched_cancelled_and_leaks_nothing()
    {
        Render(seed: 1, count: 1, Small).Dispose();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Progress watched = new(done =>
        {
            if (done == 2)
            {
                source.Cancel();
            }
        });
        Tensor still = Picture(150, 170);
        Assert.Throws<OperationCanceledException>(
            () => MotionPool.Render([still], 5, 1, CPU, Small, watched, source.Token));
        still.Dispose();
        Assert.Equal(2, watched.Last);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MotionPool.Render([], 1, 0, CPU, cancellation: TestContext.Current.CancellationToken));
        using Tensor tiny = zeros(3, 40, 200);
        Assert.Contains("40", Assert.Throws<ArgumentException>(
            () => MotionPool.Render([tiny], 1, 0, CPU, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => (Small with { Size = 66 }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (Small with { FrameCount = 2 }).Validate());
    }

    internal static MotionPool Render(ulong seed, int count, MotionPoolOptions options)
    {
        using Tensor a = Picture(150, 170);
        using Tensor b = Picture(200, 130).flip(0);
        return MotionPool.Render([a, b], count, seed, CPU, options, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>A smooth, busy picture [3, H, W] in 0..1.</summary>
    internal static Tensor Picture(int height, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(width, ScalarType.Float32).reshape(1, 1, width);
        Tensor y = arange(height, ScalarType.Float32).reshape(1, height, 1);
        Tensor channel = arange(3, ScalarType.Float32).reshape(3, 1, 1);
        Tensor value = ((x / (11 + channel)) + (y / 19)).sin() * ((y / (14 - channel)) - (x / 31)).cos() + ((x * y) / 1800).sin();
        return scope.MoveToOuter((value * 0.22) + 0.5);
    }

    /// <summary>out(p) = x(p + flow(p)), bilinear.</summary>
    internal static Tensor Warp(Tensor x, Tensor flow)
    {
        (long height, long width) = (x.size(2), x.size(3));
        Tensor gx = (flow.select(1, 0) + arange(width, ScalarType.Float32)) * (2.0 / (width - 1)) - 1;
        Tensor gy = (flow.select(1, 1) + arange(height, ScalarType.Float32).unsqueeze(1)) * (2.0 / (height - 1)) - 1;
        return nn.functional.grid_sample(
            x, stack([gx, gy], -1), GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: true);
    }

    /// <summary>The median over pairs of the mean absolute difference inside the picture: a pair of covered layers does not decide it.</summary>
    internal static double Error(Tensor a, Tensor b) =>
        (a - b).abs().slice(2, 4, 12, 1).slice(3, 4, 12, 1).mean([1L, 2L, 3L]).median().item<float>();

    private static byte[] Bytes(Tensor tensor) => tensor.data<byte>().ToArray();

    private sealed class Progress(Action<int> then) : IProgress<int>
    {
        public int Last { get; private set; }

        public void Report(int value)
        {
            Last = value;
            then(value);
        }
    }
}
