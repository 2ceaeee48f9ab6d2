using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Optimization;

public sealed class LossScaleTests
{
    public LossScaleTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Gradients_are_divided_by_the_scale()
    {
        using LossScale scale = new(CPU);
        using Tensor loss = tensor(0.5f);
        using Tensor first = tensor(new[] { 65536f, -131072f });
        using Tensor second = tensor(new[] { 3f });

        using Tensor scaled = scale.Apply(loss);
        scale.Unscale(new TensorList([first, second]));
        scale.Update();

        Assert.Equal(32768f, scaled.item<float>());
        Assert.Equal([1f, -2f], first.data<float>().ToArray());
        Assert.Equal(3f / 65536, second.item<float>());
        Assert.Equal((0f, 65536f, 1), (scale.Overflow.item<float>(), scale.Scale.item<float>(), scale.GoodSteps.item<int>()));
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.NaN)]
    public void One_gradient_that_is_not_finite_halves_the_scale_and_is_counted(float bad)
    {
        using LossScale scale = new(CPU);
        using Tensor good = ones(1000);
        using Tensor last = tensor(new[] { 1f, 2f, bad });

        scale.Unscale(new TensorList([good, last]));
        scale.Update();

        Assert.Equal((1f, 32768f, 0), (scale.Overflow.item<float>(), scale.Scale.item<float>(), scale.GoodSteps.item<int>()));
        Assert.Equal(1f, scale.Skipped.item<float>());
    }

    [Fact]
    public void The_kernels_keep_to_the_plain_rules()
    {
        using LossScale fused = new(CPU, growthInterval: 3);
        using LossScale plain = new(CPU, growthInterval: 3);
        Random random = new(1);
        for (int step = 0; step < 200; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            float value = random.Next(5) == 0 ? float.NaN : 1 + step;
            Tensor a = tensor(new[] { 1f, value });
            Tensor b = a.clone();

            fused.Unscale(new TensorList([a]));
            fused.Update();
            plain.Overflow.zero_();
            LossScaleReference.Unscale(new TensorList([b]), plain.Overflow, plain.Scale.reciprocal());
            LossScaleReference.Update(plain);

            Assert.Equal(b.data<float>().ToArray(), a.data<float>().ToArray());
            Assert.Equal(plain.Scale.item<float>(), fused.Scale.item<float>());
            Assert.Equal(plain.GoodSteps.item<int>(), fused.GoodSteps.item<int>());
        }

        Assert.InRange(fused.Skipped.item<float>(), 20, 60);
    }
}
