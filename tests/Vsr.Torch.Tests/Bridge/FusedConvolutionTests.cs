using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Torch.Tests.Bridge;

/// <summary>Convolutions with relu or sum inside against torch's own operators one after the other.</summary>
public sealed class FusedConvolutionTests
{
    public FusedConvolutionTests()
    {
        TorchTestBackend.Ensure();
        Assert.SkipUnless(FusedConvolution.IsAvailableOn(DeviceType.CPU), "this libtorch has no fused convolutions");
    }

    [Theory]
    [InlineData(3, 5, 3, true, true)]
    [InlineData(32, 32, 3, true, true)]
    [InlineData(38, 7, 3, false, true)]
    [InlineData(3, 48, 5, true, false)]
    public void ReluAndSumAreThoseOfTheOperators(int inputs, int outputs, int side, bool hasBias, bool channelsLast)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        int padding = (side - 1) / 2;
        Tensor input = rand(1, inputs, 13, 17) - 0.5;
        input = channelsLast ? TensorLayout.ToChannelsLast(input) : input;
        Tensor weight = rand(outputs, inputs, side, side) - 0.5;
        Tensor? bias = hasBias ? rand(outputs) - 0.5 : null;
        Tensor expected = F.conv2d(input, weight, bias, padding: [padding, padding]);
        Tensor target = TensorLayout.ToChannelsLast(rand(1, outputs, 13, 17));
        Tensor sum = target + expected;

        using FusedConvolution fused = new(weight, bias, padding);
        fused.AddTo(target, input);

        Assert.True(expected.min().item<float>() < 0);
        Assert.InRange(TorchTestBackend.RelativeError(fused.Run(input), expected), 0, 1e-6);
        Assert.InRange(TorchTestBackend.RelativeError(fused.Run(input, relu: true), F.relu(expected)), 0, 1e-6);
        Assert.InRange(TorchTestBackend.RelativeError(target, sum), 0, 1e-6);
    }

    [Fact]
    public void BrainFloatIsThatOfTheOperators()
    {
        Assert.SkipUnless(CpuFeatures.HasBf16, "this processor has no bfloat16");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor input = TensorLayout.ToChannelsLast((rand(1, 32, 13, 17) - 0.5).to(ScalarType.BFloat16));
        Tensor weight = (rand(32, 32, 3, 3) - 0.5).to(ScalarType.BFloat16);
        using FusedConvolution fused = new(weight, null, 1);

        Assert.InRange(TorchTestBackend.RelativeError(fused.Run(input), F.conv2d(input, weight, padding: [1, 1])), 0, 0.01);
    }

    [Fact]
    public void TheWeightsAreCopied()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor weight = rand(4, 4, 3, 3);
        Tensor input = rand(1, 4, 8, 8);
        Tensor expected = F.conv2d(input, weight, padding: [1, 1]);
        using FusedConvolution fused = new(weight, null, 1);
        weight.zero_();

        Assert.InRange(TorchTestBackend.RelativeError(fused.Run(input), expected), 0, 1e-6);
    }

    [Fact]
    public void WhatDoesNotFitIsAnError()
    {
        using Tensor weight = rand(4, 4, 3, 3);
        using Tensor input = rand(1, 5, 8, 8);
        using FusedConvolution fused = new(weight, null, 1);

        Assert.Contains("oneDNN's convolution", Assert.Throws<BackendException>(() => fused.Run(input)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingStaysInMemory()
    {
        using Tensor weight = rand(8, 8, 3, 3);
        using Tensor input = TensorLayout.ToChannelsLast(rand(1, 8, 200, 200));
        long live = LiveTensors.Count;
        using (FusedConvolution fused = new(weight, null, 1))
        {
            using Tensor target = fused.Run(input);
            for (int i = 0; i < 10; i++)
            {
                fused.AddTo(target, input);
            }
        }

        Assert.Equal(live, LiveTensors.Count);
    }
}
