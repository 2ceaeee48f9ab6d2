using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests;

/// <summary>Work written straight into place against libtorch's operators.</summary>
public sealed class HalfArithmeticTests
{
    public HalfArithmeticTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void OnTheCpuTheyAreTheOperators(ScalarType type) => Compare(type, CPU, channelsLast: true, [4, 8, 5, 7]);

    [Theory]
    [Trait("Category", "Gpu")]
    [InlineData(ScalarType.BFloat16, true, 16, 64)]
    [InlineData(ScalarType.BFloat16, false, 16, 64)]
    [InlineData(ScalarType.Float16, true, 16, 64)]
    [InlineData(ScalarType.BFloat16, true, 3, 35)]
    [InlineData(ScalarType.Float32, true, 8, 24)]
    public void OnAGpuTheyGiveTheSameBits(ScalarType type, bool channelsLast, int channels, int side)
    {
        Device device = TorchTestBackend.RequireCuda();
        Assert.Null(HalfArithmetic.ProblemOn(device));

        Compare(type, device, channelsLast, [4, channels, side, side + 1]);
    }

    private static void Compare(ScalarType type, Device device, bool channelsLast, long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        random.manual_seed(4);
        Tensor a = Values();
        Tensor b = Values();
        Tensor output = Laid(a.relu());
        Tensor all = Laid(zeros([2 * shape[0], .. shape[1..]], type, device));
        Tensor target = all.narrow(0, shape[0], shape[0]);

        HalfArithmetic.Relu(a, target);
        AssertEqual(a.relu(), target);
        HalfArithmetic.Mask(b, output, target);
        AssertEqual(where(output == 0, zeros_like(b), b), target);
        HalfArithmetic.Sum(a, b, target);
        AssertEqual(a + b, target);
        Assert.Equal(0, all.narrow(0, 0, shape[0]).abs().max().to(ScalarType.Float32).cpu().item<float>());

        Tensor Values()
        {
            Tensor values = randn(shape);
            values = where(values.abs() < 0.1, zeros_like(values), values * 100);      // sums round, relus meet zeros of both signs
            float[] special = [float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, 1e-30f, -1e-30f];
            values.flatten()[TensorIndex.Slice(0, special.Length)] = tensor(special);
            return Laid(values.to(type).to(device));
        }

        Tensor Laid(Tensor values) => channelsLast ? TensorLayout.ToChannelsLast(values) : values.contiguous();

        static void AssertEqual(Tensor expected, Tensor actual) => Assert.True(
            expected.eq(actual).logical_or(expected.ne(expected).logical_and(actual.ne(actual))).all().cpu().item<bool>());
    }
}
