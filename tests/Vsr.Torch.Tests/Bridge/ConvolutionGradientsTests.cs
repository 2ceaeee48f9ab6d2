using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Torch.Tests.Bridge;

/// <summary>A convolution's gradients by themselves against those of automatic differentiation.</summary>
public sealed class ConvolutionGradientsTests
{
    public ConvolutionGradientsTests()
    {
        TorchTestBackend.Ensure();
        Assert.SkipUnless(Dispatcher.IsAvailable, "this libtorch cannot call operators by name");
    }

    [Theory]
    [InlineData(5, 7, 3)]
    [InlineData(16, 8, 1)]
    public void TheyAreThoseOfAutomaticDifferentiation(int inputs, int outputs, int side)
    {
        using DisposeScope scope = NewDisposeScope();
        int padding = (side - 1) / 2;
        Tensor input = TensorLayout.ToChannelsLast(rand(2, inputs, 9, 11)).requires_grad_();
        Tensor weight = (rand(outputs, inputs, side, side) - 0.5).requires_grad_();
        Tensor output = F.conv2d(input, weight, padding: [padding, padding]);
        Tensor gradient = rand_like(output.detach()) - 0.5;
        IList<Tensor> expected = autograd.grad([output], [input, weight], [gradient]);
        using IDisposable noGrad = no_grad();

        Assert.InRange(TorchTestBackend.RelativeError(ConvolutionGradients.OfInput(gradient, input, weight, padding), expected[0]), 0, 1e-6);
        Assert.InRange(TorchTestBackend.RelativeError(ConvolutionGradients.OfWeight(gradient, input, weight, padding), expected[1]), 0, 1e-5);
    }

    [Fact]
    public void MemoryThatDoesNotSufficeIsRecognised()
    {
        using IDisposable noGrad = no_grad();
        using Tensor pixel = zeros(1, 1, 1, 1);
        using Tensor input = pixel.expand(1, 1, 1 << 24, 1 << 24);       // a petabyte once it is written out, which no machine grants
        using Tensor weight = zeros(1, 1, 3, 3);

        ExternalException failure = Assert.ThrowsAny<ExternalException>(() => ConvolutionGradients.OfInput(input, input, weight, 1));

        Assert.True(BackendException.From(failure, "testing").IsOutOfMemory, failure.Message);
    }

    [Fact]
    public void NothingStaysInMemoryAndWhatDoesNotFitIsAnError()
    {
        using IDisposable noGrad = no_grad();
        using Tensor input = rand(1, 4, 8, 8);
        using Tensor weight = rand(4, 4, 3, 3);
        using Tensor other = rand(1, 5, 8, 8);
        long live = LiveTensors.Count;
        for (int i = 0; i < 5; i++)
        {
            ConvolutionGradients.OfInput(input, input, weight, 1).Dispose();
            ConvolutionGradients.OfWeight(input, input, weight, 1).Dispose();
        }

        Assert.Equal(live, LiveTensors.Count);
        Assert.Contains("convolution_backward", Assert.Throws<BackendException>(
            () => ConvolutionGradients.OfWeight(input, other, weight, 1)).Message, StringComparison.Ordinal);
    }
}
