using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>The one-channel convolution as GPUs do it, against the plain one: values, and gradients of weight and bias.</summary>
public class LumaConvolutionTests
{
    public LumaConvolutionTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(9, PaddingModes.Zeros, false)]
    [InlineData(9, PaddingModes.Replicate, true)]
    [InlineData(3, PaddingModes.Zeros, true)]
    [InlineData(17, PaddingModes.Replicate, false)]
    public void ByColumnsEqualsThePlainConvolution(int size, PaddingModes padding, bool bias) =>
        Compare(CPU, size, padding, bias, ScalarType.Float64, 1e-12);

    [Theory]
    [Trait("Category", "Gpu")]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.BFloat16, 2e-2)]
    public void OnAGpuTheResultIsTheSameAndLiesChannelsLast(ScalarType type, double bound)
    {
        Device device = TorchTestBackend.RequireCuda();
        using Tensor result = Compare(device, 9, PaddingModes.Zeros, false, type, bound);

        Assert.Equal(type != ScalarType.Float64, TensorLayout.IsChannelsLast(result));     // cuDNN has no such kernels for float64
    }

    private static Tensor Compare(Device device, int size, PaddingModes padding, bool bias, ScalarType type, double bound)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(5);
        using Conv2d convolution = Convolutions.Conv(1, 6, size, bias: bias, padding: padding);
        convolution.to(device).to(type);
        Tensor x = rand(2, 1, 20, 31, ScalarType.Float64).to(type).to(device);

        Tensor expected = convolution.call(x);
        Tensor actual = LumaConvolution.ByColumns(convolution, x);

        Assert.InRange(TorchTestBackend.RelativeError(actual, expected), 0, bound);
        Parameter[] parameters = convolution.parameters().ToArray();
        Tensor weights = rand_like(expected);
        IList<Tensor> wanted = autograd.grad([expected], parameters, [weights]);
        IList<Tensor> found = autograd.grad([actual], parameters, [weights]);
        Assert.All(parameters.Select((_, i) => i), i => Assert.InRange(TorchTestBackend.RelativeError(found[i], wanted[i]), 0, bound));
        return scope.MoveToOuter(actual.detach());
    }
}
