using Vsr.Training.Losses;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Losses;

/// <summary>Against values worked out by hand.</summary>
public class PictureLossTests
{
    public PictureLossTests() => OneThread.Ensure();

    [Fact]
    public void CharbonnierWeighsLumaAndRgb()
    {
        using var scope = NewDisposeScope();
        Tensor target = zeros(1, 3, 1, 1);
        Tensor prediction = tensor(new[] { 0.3f, -0.1f, 0.2f }).reshape(1, 3, 1, 1);
        double luma = (0.299 * 0.3) - (0.587 * 0.1) + (0.114 * 0.2);
        double rgb = (Smooth(0.3) + Smooth(0.1) + Smooth(0.2)) / 3;

        float loss = new Charbonnier().Between(prediction, target).item<float>();

        Assert.Equal((0.6 * Smooth(luma)) + (0.4 * rgb), loss, 6);
        static double Smooth(double d) => Math.Sqrt((d * d) + 1e-6);
    }

    [Fact]
    public void MeanSquaredErrorIsTheMeanOfSquares()
    {
        using var scope = NewDisposeScope();
        Tensor prediction = tensor(new[] { 0.5f, -1f }).reshape(1, 1, 1, 2);

        Assert.Equal((0.25 + 1) / 2, new MeanSquaredError().Between(prediction, zeros(1, 1, 1, 2)).item<float>(), 6);
    }

    [Fact]
    public void TheEndpointErrorCountsCoarseLevelsInPixelsOfTheFinest()
    {
        using var scope = NewDisposeScope();
        Tensor truth = zeros(1, 2, 2, 2);
        truth[0, 0] = 3f;
        truth[0, 1] = 4f;
        Tensor coarse = zeros(1, 2, 1, 1);          // truth there: (1.5, 2), length 2.5

        (Tensor sum, Tensor finest) = EndpointError.Of([coarse, zeros(1, 2, 2, 2)], truth);

        Assert.Equal(5, finest.item<float>(), 4);
        Assert.Equal((0.3 * 2 * 2.5) + 5, sum.item<float>(), 4);
    }

    [Fact]
    public void AnUnknownLossIsRefusedWithTheKnownNames() =>
        Assert.Contains("charbonnier", Assert.Throws<ArgumentException>(() => PictureLoss.Create("l1")).Message, StringComparison.Ordinal);
}
