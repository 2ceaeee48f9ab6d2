using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Models.Gpu;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Tests;

/// <summary>Parts of the head's input by kernels against warps and copies.</summary>
[Trait("Category", "Gpu")]
public sealed class RecurrentInputTests : IDisposable
{
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _noGrad = no_grad();
    private readonly Warp _warp = new();

    public RecurrentInputTests()
    {
        Assert.Null(RecurrentInput.ProblemOn(_device));
        random.manual_seed(6);
    }

    public void Dispose()
    {
        _warp.Dispose();
        _noGrad.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(128, 34, 50)]
    [InlineData(24, 17, 19)]
    [InlineData(8, 1, 3)]
    public void StateAndDetailAreThoseOfTheOperators(int channels, int height, int width)
    {
        const int before = 12;
        Tensor flow = Flow(height, width);
        Tensor state = TensorLayout.ToChannelsLast(randn([1, channels, height, width]).to(ScalarType.BFloat16).to(_device));
        Tensor previous = rand([1, 3, 4 * height, 4 * width], device: _device);
        Tensor enlarged = rand([1, 3, 4 * height, 4 * width], device: _device);
        Tensor input = zeros([1, height, width, before + channels + 48], ScalarType.BFloat16, _device).permute(0, 3, 1, 2);
        Assert.True(RecurrentInput.TakesState(state, flow));
        Assert.True(RecurrentInput.TakesDetail(previous, enlarged, flow));

        RecurrentInput.WarpState(state, flow, input.narrow(1, before, channels));
        RecurrentInput.WarpDetail(previous, enlarged, flow, input.narrow(1, before + channels, 48));

        AssertNear(_warp.Sample(state, flow), input.narrow(1, before, channels));
        Tensor moved = _warp.Sample(previous, Resize.EnlargeBilinear(flow, 4), bicubic: true, flowScale: 4);
        AssertNear(F.pixel_unshuffle(moved - enlarged, 4), input.narrow(1, before + channels, 48));
        Assert.Equal(0, input.narrow(1, 0, before).abs().max().to(ScalarType.Float32).cpu().item<float>());
    }

    [Fact]
    public void WhatTheyDoNotTakeIsLeftToTheOperators()
    {
        Tensor flow = Flow(8, 8);
        Tensor state = TensorLayout.ToChannelsLast(randn([1, 8, 8, 8]).to(_device));

        Assert.False(RecurrentInput.TakesState(state, flow));                                              // float32
        Assert.False(RecurrentInput.TakesState(state.to(ScalarType.BFloat16), Flow(8, 4)));
        Assert.False(RecurrentInput.TakesState(state.to(ScalarType.BFloat16).contiguous(), flow));         // planes
        Assert.False(RecurrentInput.TakesDetail(rand([1, 3, 16, 16], device: _device), rand([1, 3, 16, 16], device: _device), flow));
    }

    private static void AssertNear(Tensor expected, Tensor actual)
    {
        float size = expected.abs().max().to(ScalarType.Float32).cpu().item<float>();
        float error = (expected.to(ScalarType.Float32) - actual.to(ScalarType.Float32)).abs().max().cpu().item<float>();
        Assert.InRange(error, 0, size / 128);
    }

    /// <summary>Small motions, and some that point far outside.</summary>
    private Tensor Flow(int height, int width)
    {
        Tensor flow = randn([1, 2, height, width]) * 3;
        return where(rand([1, 2, height, width]) < 0.02, flow * 50, flow).to(_device);
    }
}
