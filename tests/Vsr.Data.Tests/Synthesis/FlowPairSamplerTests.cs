using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

public class FlowPairSamplerTests
{
    private static readonly MotionPoolOptions Small = new() { FrameCount = 5, Size = 96 };

    public FlowPairSamplerTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Flow_turns_with_the_pictures()
    {
        using DisposeScope scope = NewDisposeScope();
        using MotionPool pool = MotionPoolTests.Render(seed: 5, count: 6, Small);
        FlowPairSampler sampler = new(pool, pool, seed: 2);
        Tensor first = zeros([12, 3, 64, 64], ScalarType.Byte);
        Tensor second = zeros([12, 3, 64, 64], ScalarType.Byte);
        Tensor flow = zeros([8, 2, 16, 16]);
        for (long step = 0; step < 16; step++)
        {
            using DisposeScope inner = NewDisposeScope();
            sampler.FillNext(first, second, flow, step);
            Tensor a = Lr(first);
            Tensor b = Lr(second);
            double warped = Error(MotionPoolTests.Warp(b, flow), a);
            double still = Error(b, a);
            Assert.True(warped < (0.6 * still) + 0.002, $"step {step}: warped {warped:0.0000}, not warped {still:0.0000}");
            Assert.True(first.narrow(0, 8, 4).to(ScalarType.Float32).std().item<float>() > 1);
        }
    }

    [Fact]
    public void A_batch_depends_on_seed_and_step_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using MotionPool pool = MotionPoolTests.Render(seed: 5, count: 2, Small);
        Tensor[] Batch(long step)
        {
            Tensor[] tensors = [zeros([4, 3, 64, 64], ScalarType.Byte), zeros([4, 3, 64, 64], ScalarType.Byte), zeros([4, 2, 16, 16])];
            new FlowPairSampler(pool, null, seed: 2).FillNext(tensors[0], tensors[1], tensors[2], step);
            return tensors;
        }

        Assert.All(Batch(3).Zip(Batch(3)), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.False(Batch(3)[0].equal(Batch(4)[0]).all().item<bool>());
    }

    [Fact]
    public void Misuse_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using MotionPool pool = MotionPoolTests.Render(seed: 5, count: 1, Small);
        FlowPairSampler sampler = new(pool, null, seed: 0);
        Tensor pictures = zeros([4, 3, 64, 64], ScalarType.Byte);
        Assert.Throws<ArgumentException>(() => sampler.FillNext(pictures, pictures, zeros([2, 2, 16, 16]), 0));
        Assert.Throws<ArgumentException>(() => sampler.FillNext(pictures, pictures, zeros([4, 2, 15, 16]), 0));
        Tensor large = zeros([1, 3, 128, 128], ScalarType.Byte);
        Assert.Throws<ArgumentException>(() => sampler.FillNext(large, large, zeros([1, 2, 32, 32]), 0));
    }

    private static Tensor Lr(Tensor pictures) => Degradation.Reduce(pictures.narrow(0, 0, 8).to(ScalarType.Float32) / 255, 4);

    private static double Error(Tensor a, Tensor b) => MotionPoolTests.Error(a, b);
}
