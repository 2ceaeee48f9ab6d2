using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Warping by a flow, against a plain loop.</summary>
public class WarpTests
{
    public WarpTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(5, 7, false)]
    [InlineData(5, 7, true)]
    [InlineData(1, 9, false)]
    [InlineData(17, 33, true)]
    public void ZeroFlowIsTheIdentity(int height, int width, bool bicubic)
    {
        using DisposeScope scope = NewDisposeScope();
        using Warp warp = new();
        Tensor picture = GoldenFormula.Frames(ScalarType.Float32, [1, 1, 3, height, width]).select(1, 0);

        Tensor warped = warp.Sample(picture, zeros(1, 2, height, width), bicubic);

        Assert.InRange((warped - picture).abs().max().item<float>(), 0, 2e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WholePixelsMoveThePictureAndRepeatTheBorder(bool bicubic)
    {
        using DisposeScope scope = NewDisposeScope();
        using Warp warp = new();
        const int height = 6;
        const int width = 8;
        Tensor picture = GoldenFormula.Frames(ScalarType.Float64, [1, 1, 1, height, width]).select(1, 0);
        Tensor flow = zeros(1, 2, height, width, dtype: ScalarType.Float64);
        flow.select(1, 0).fill_(1);
        flow.select(1, 1).fill_(-0.5);

        Tensor warped = warp.Sample(picture, flow, bicubic, flowScale: 2);      // 2 right, 1 up

        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double expected = picture[0, 0, Math.Max(y - 1, 0), Math.Min(x + 2, width - 1)].item<double>();
                Assert.Equal(expected, warped[0, 0, y, x].item<double>(), 1e-12);
            }
        }
    }

    [Fact]
    public void BicubicBetweenPixelsIsTheKernelOfMinusThreeQuarters()
    {
        using DisposeScope scope = NewDisposeScope();
        using Warp warp = new();
        Tensor picture = zeros(1, 1, 1, 9, dtype: ScalarType.Float64);
        picture[0, 0, 0, 4] = 1;
        Tensor flow = zeros(1, 2, 1, 9, dtype: ScalarType.Float64);
        flow.select(1, 0).fill_(0.25);

        Tensor warped = warp.Sample(picture, flow, bicubic: true);

        for (int x = 1; x < 8; x++)
        {
            double d = Math.Abs(x + 0.25 - 4);
            const double a = -0.75;
            double expected = d < 1 ? ((((a + 2) * d) - (a + 3)) * d * d) + 1
                : d < 2 ? ((((((a * d) - (5 * a)) * d) + (8 * a)) * d) - (4 * a))
                : 0;
            Assert.Equal(expected, warped[0, 0, 0, x].item<double>(), 1e-12);
        }
    }
}
