using TorchSharp;
using Vsr.Tests;
using Vsr.Training.Metrics;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Metrics;

/// <summary>Warping errors worked out by hand, and a plain reference beside the tensors' on random flows.</summary>
public sealed class WarpingErrorTests : IDisposable
{
    private const int Width = 24;
    private const int Height = 16;

    private readonly WarpingError _metric;
    private readonly DisposeScope _scope;

    public WarpingErrorTests()
    {
        TorchTestBackend.Ensure();
        _scope = NewDisposeScope();
        _metric = new WarpingError();
    }

    [Fact]
    public void ATranslationIsNoErrorAndWhatLeavesThePictureDoesNotCount()
    {
        Tensor wide = rand(1, 3, Height + 2, Width + 3);
        Tensor frame = wide[.., .., 2.., ..Width];                  // moves by (3, -2): what is at x, y is at x + 3, y - 2 in the next
        Tensor next = cat([zeros(1, 3, Height, 3), wide[.., .., 2.., ..(Width - 3)]], 3).roll(-2, 2);
        Tensor flow = Flow(3, -2);
        Tensor visible = _metric.Visible(flow, -flow);

        Assert.Equal((Width - 3) * (Height - 2), visible.sum().item<long>());
        Assert.True(visible[0, 0, 2.., ..(Width - 3)].all().item<bool>());
        Assert.Equal(0, WarpingError.MeanSquare(_metric.Residual(frame, next, flow), visible), 1e-9);
        Assert.InRange(WarpingError.MeanSquare(frame - next, visible), 0.1, 0.3);        // 1/6, where motion is not followed
    }

    [Fact]
    public void HalfAPixelIsSampledBilinearly()
    {
        Tensor ramp = (arange(Width, ScalarType.Float32) / 100).expand(1, 1, Height, Width);
        Tensor flow = Flow(0.5f, 0);
        Tensor visible = _metric.Visible(flow, -flow);
        Assert.Equal((Width - 1) * Height, visible.sum().item<long>());
        Assert.Equal(0, WarpingError.MeanSquare(_metric.Residual(ramp, ramp - 0.005, flow), visible), 1e-12);
        Assert.Equal(0.005 * 0.005, WarpingError.MeanSquare(_metric.Residual(ramp, ramp, flow), visible), 1e-9);
    }

    [Fact]
    public void FlickerOfAnAmplitudeIsFourTimesItsSquareAndAMeanOverChannels()
    {
        Tensor picture = rand(1, 2, Height, Width);
        Tensor still = Flow(0, 0);
        Tensor flicker = tensor(new[] { 0.02f, -0.05f }).reshape(1, 2, 1, 1);
        Tensor residual = _metric.Residual(picture + flicker, picture - flicker, still);
        double expected = 4 * ((0.02 * 0.02) + (0.05 * 0.05)) / 2;
        Assert.Equal(expected, WarpingError.MeanSquare(residual, _metric.Visible(still, still)), 1e-7);
    }

    [Fact]
    public void WhatASquareCoversAndItsEdgesDoNotCount()
    {
        // a square of 4x4 at (4, 6) moves 5 to the right over a still ground
        Tensor forward = Flow(0, 0);
        forward[0, 0, 6..10, 4..8] = 5;
        Tensor backward = Flow(0, 0);
        backward[0, 0, 6..10, 9..13] = -5;
        Tensor visible = _metric.Visible(forward, backward);
        Assert.False(visible[0, 0, 6..10, 9..13].any().item<bool>());                  // covered by the square
        Assert.True(visible[0, 0, 6..9, 4..7].all().item<bool>());                     // the square, its right and lower edge aside
        Assert.False(visible[0, 0, 6..10, 7..8].any().item<bool>());                   // edges of motion
        Assert.False(visible[0, 0, 5..6, 4..8].any().item<bool>());
        Assert.Equal((Width * Height) - 16 - 7 - 4 - 4, visible.sum().item<long>());

        Tensor frame = zeros(1, 1, Height, Width);
        Tensor next = zeros(1, 1, Height, Width);
        next[0, 0, 6..10, 9..13] = 1;                                                  // over the ground that it covers
        frame[0, 0, 6..10, 4..8] = 1;
        Assert.Equal(0, WarpingError.MeanSquare(_metric.Residual(frame, next, forward), visible));
    }

    [Fact]
    public void AFlowThatIsNoNumberMakesAPixelInvisible()
    {
        Tensor flow = Flow(0, 0);
        flow[0, 1, 5, 7] = float.NaN;
        Tensor visible = _metric.Visible(flow, Flow(0, 0));
        Assert.False(visible[0, 0, 5, 7].item<bool>());
        Assert.True(double.IsFinite(WarpingError.MeanSquare(
            _metric.Residual(ones(1, 1, Height, Width), ones(1, 1, Height, Width), flow), visible)));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void RandomFlowsGiveThePlainReferencesPixelsAndError(double strength)
    {
        random.manual_seed(4);
        Tensor forward = Smooth(strength);
        Tensor backward = -forward + Smooth(strength / 4);
        Tensor frame = rand(1, 1, Height, Width);
        Tensor next = rand(1, 1, Height, Width);
        Tensor visible = _metric.Visible(forward, backward);
        (bool[] expected, double error) = Reference(
            forward.data<float>().ToArray(), backward.data<float>().ToArray(), frame.data<float>().ToArray(), next.data<float>().ToArray());

        Assert.Equal(expected, visible.flatten().data<bool>().ToArray());
        Assert.InRange(expected.Count(pixel => pixel), 1, (Width * Height) - 1);
        Assert.Equal(error, WarpingError.MeanSquare(_metric.Residual(frame, next, forward), visible), 1e-6);
    }

    public void Dispose()
    {
        _metric.Dispose();
        _scope.Dispose();
    }

    private static Tensor Flow(float x, float y) => tensor(new[] { x, y }).reshape(1, 2, 1, 1).expand(1, 2, Height, Width).clone();

    private static Tensor Smooth(double strength) => nn.functional.interpolate(
        randn(1, 2, 4, 6) * strength, [Height, Width], mode: InterpolationMode.Bilinear, align_corners: false);

    private static (bool[] Visible, double Error) Reference(float[] forward, float[] backward, float[] frame, float[] next)
    {
        const int size = Width * Height;
        bool[] visible = new bool[size];
        double sum = 0;
        for (int i = 0; i < size; i++)
        {
            (int column, int row) = (i % Width, i / Width);
            (double u, double v) = (forward[i], forward[size + i]);
            (double x, double y) = (column + u, row + v);
            (double backX, double backY) = (At(backward, 0, x, y), At(backward, size, x, y));
            double mismatch = Square(u + backX) + Square(v + backY);
            double gradient = 0;
            foreach (int neighbour in new[] { column < Width - 1 ? i + 1 : i, row < Height - 1 ? i + Width : i })
            {
                gradient += Square(forward[neighbour] - u) + Square(forward[size + neighbour] - v);
            }

            visible[i] = mismatch <= (0.01 * (Square(u) + Square(v) + Square(backX) + Square(backY))) + 0.5
                && gradient <= (0.01 * (Square(u) + Square(v))) + 0.002
                && x is >= 0 and <= Width - 1 && y is >= 0 and <= Height - 1;
            sum += visible[i] ? Square(frame[i] - At(next, 0, x, y)) : 0;
        }

        return (visible, sum / visible.Count(pixel => pixel));
    }

    private static double At(float[] plane, int start, double x, double y)
    {
        (x, y) = (Math.Clamp(x, 0, Width - 1), Math.Clamp(y, 0, Height - 1));
        (int left, int top) = (Math.Min((int)x, Width - 2), Math.Min((int)y, Height - 2));
        (double right, double below) = (x - left, y - top);
        int i = start + (top * Width) + left;
        return ((1 - below) * (((1 - right) * plane[i]) + (right * plane[i + 1])))
            + (below * (((1 - right) * plane[i + Width]) + (right * plane[i + Width + 1])));
    }

    private static double Square(double value) => value * value;
}
