using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

/// <summary>Rendered pairs and their flow.</summary>
public class FlowPairPoolTests
{
    private const int Size = 96;

    private static readonly Lazy<FlowPairPool> Shared = new(() => Render(seed: 5, count: 24));

    public FlowPairPoolTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Warping_the_second_picture_by_the_flow_gives_the_first_where_it_is_visible()
    {
        using DisposeScope scope = NewDisposeScope();
        FlowPairPool pool = Shared.Value;
        Tensor first = Evened(pool.Frames.select(1, 0));
        Tensor second = Evened(pool.Frames.select(1, 1));
        int moving = 0;
        double[] errors = new double[24];
        for (int i = 0; i < 24; i++)
        {
            Tensor flow = pool.Flow[i].unsqueeze(0);
            errors[i] = SmoothError(first[i], MotionPoolTests.Warp(second[i].unsqueeze(0), flow)[0]);
            double still = SmoothError(first[i], second[i]);
            double opposite = SmoothError(first[i], MotionPoolTests.Warp(second[i].unsqueeze(0), -flow)[0]);
            if (flow.pow(2).sum(1).sqrt().median().item<float>() > 1)
            {
                moving++;
                Assert.True(errors[i] < 0.7 * still && errors[i] < 0.7 * opposite, $"pair {i}: {errors[i]:F4}, still {still:F4}, opposite {opposite:F4}");
            }
        }

        Assert.InRange(moving, 4, 22);
        Assert.InRange(errors.Order().ElementAt(12), 0, 0.02);        // half of the pairs have noise of up to 0.02
    }

    [Fact]
    public void A_pair_without_noise_is_matched_to_a_grey_level_by_the_flow()
    {
        using DisposeScope scope = NewDisposeScope();
        FlowPairPool pool = Shared.Value;
        Tensor frames = pool.Frames.to(ScalarType.Float32) / 255;
        double[] errors = [.. Enumerable.Range(0, 24).Select(i => Error(
            frames[i][0], MotionPoolTests.Warp(frames[i][1].unsqueeze(0), pool.Flow[i].unsqueeze(0))[0]))];

        Assert.True(errors.Count(error => error < 1.0 / 255) >= 3, $"best {errors.Min():F5}");
    }

    [Fact]
    public void A_pool_depends_on_the_seed_alone()
    {
        using FlowPairPool pool = Render(seed: 7, count: 3);
        using FlowPairPool again = Render(seed: 7, count: 4);
        using FlowPairPool other = Render(seed: 8, count: 3);
        Assert.Equal(Bytes(pool.Frames), Bytes(again.Frames).Take((int)pool.Frames.numel()));
        Assert.Equal(pool.Flow.data<float>().ToArray(), again.Flow.data<float>().ToArray().Take((int)pool.Flow.numel()));
        Assert.NotEqual(Bytes(pool.Frames), Bytes(other.Frames));
    }

    [Fact]
    public void Batches_turn_pictures_and_flow_alike_and_repeat_by_number()
    {
        using DisposeScope scope = NewDisposeScope();
        FlowPairPool pool = Shared.Value;
        FlowPairBatches batches = new(pool, 3);
        Tensor first = zeros([20, 3, 64, 64], ScalarType.Byte);
        Tensor second = zeros([20, 3, 64, 64], ScalarType.Byte);
        Tensor flow = zeros([20, 2, 64, 64]);
        int better = 0;
        int moving = 0;
        for (int step = 0; step < 4; step++)
        {
            batches.FillNext(first, second, flow, step);
            for (int i = 0; i < 20; i++)
            {
                Tensor a = Evened(first[i].unsqueeze(0))[0];
                Tensor b = Evened(second[i].unsqueeze(0));
                if (flow[i].pow(2).sum([0L]).sqrt().median().item<float>() > 1)
                {
                    moving++;
                    better += Error(a, MotionPoolTests.Warp(b, flow[i].unsqueeze(0))[0]) < Error(a, b[0]) ? 1 : 0;
                }
            }
        }

        Assert.True(moving > 15);
        Assert.True(better > 0.9 * moving, $"{better} of {moving}");
        byte[] last = Bytes(first);
        batches.FillNext(first, second, flow, 1);
        Assert.NotEqual(last, Bytes(first));
        batches.FillNext(first, second, flow, 3);
        Assert.Equal(last, Bytes(first));
    }

    [Fact]
    public void Rendering_can_be_cancelled_and_leaks_nothing()
    {
        Render(seed: 1, count: 1).Dispose();
        using Tensor still = MotionPoolTests.Picture(150, 170);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        FlowPairPool.Render([still], 2, Size, 1, CPU, TestContext.Current.CancellationToken).Dispose();
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => FlowPairPool.Render([still], 2, Size, 1, CPU, source.Token));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using Tensor tiny = zeros(3, 40, 200);
        Assert.Throws<ArgumentException>(() => FlowPairPool.Render([tiny], 1, Size, 1, CPU, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_shape_has_its_middle_inside_or_in_a_hole_and_ends_within_its_reach()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor line = arange(161, ScalarType.Float32) - 80;
        Tensor x = line.reshape(1, 161).expand(161, 161).contiguous();
        Tensor y = line.reshape(161, 1).expand(161, 161).contiguous();
        int seen = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            LayerShape shape = LayerShape.Draw(new MotionRandom(new SampleGenerator(seed, 0, 0)), (10, -5), radius: 12);
            Tensor depth = shape.Depth(x, y);
            seen += (depth > 0).sum().item<long>() is > 100 and < 8000 ? 1 : 0;
            Assert.True((depth[0] < 0).all().item<bool>(), $"seed {seed} reaches the edge, 75 pixels away");
        }

        Assert.True(seen >= 48, $"{seen} of 50");
    }

    private static FlowPairPool Render(ulong seed, int count)
    {
        using Tensor a = MotionPoolTests.Picture(190, 210);
        using Tensor b = MotionPoolTests.Picture(260, 170).flip(0);
        return FlowPairPool.Render([a, b], count, Size, seed, CPU, TestContext.Current.CancellationToken);
    }

    /// <summary>Pictures [n, 3, H, W] with the same mean and spread: a change of brightness does not count.</summary>
    private static Tensor Evened(Tensor pictures)
    {
        Tensor x = pictures.to(ScalarType.Float32) / 255;
        Tensor flat = x.flatten(1);
        return ((flat - flat.mean([1L], keepdim: true)) / flat.std(1, keepdim: true) * 0.25).reshape(x.shape);
    }

    /// <summary>The median over pixels: hidden ones, which cannot match, do not decide it.</summary>
    private static double Error(Tensor a, Tensor b) => (a - b).abs().mean([0L]).median().item<float>();

    /// <summary>The same over means of 4x4 pixels, in which noise hardly counts.</summary>
    private static double SmoothError(Tensor a, Tensor b) =>
        nn.functional.avg_pool2d((a - b).unsqueeze(0), 4)[0].abs().mean([0L]).median().item<float>();

    private static byte[] Bytes(Tensor tensor) => tensor.data<byte>().ToArray();
}
