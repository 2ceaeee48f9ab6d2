using TorchSharp;
using Vsr.Models.Gpu;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Where kernels may write, and what is said where there are none: without a GPU.</summary>
public class RecurrentInputPlaceTests
{
    public RecurrentInputPlaceTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(9, 1)]
    [InlineData(5, 6)]
    public void PartsThatBeginAtMultiplesOfFourChannelsArePlaces(int height, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = empty(1, height, width, 192, ScalarType.BFloat16).permute(0, 3, 1, 2);

        Assert.True(RecurrentInput.IsPlace(input.narrow(1, 12, 128)));
        Assert.True(RecurrentInput.IsPlace(input.narrow(1, 140, 48)));
        Assert.False(RecurrentInput.IsPlace(input.narrow(1, 6, 128)));
        Assert.False(RecurrentInput.IsPlace(input.to(ScalarType.Float32)));
    }

    [Fact]
    public void OtherPlacesAreRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor planes = empty(1, 48, 5, 6, ScalarType.BFloat16);
        Tensor gaps = empty(1, 5, 8, 48, ScalarType.BFloat16).permute(0, 3, 1, 2).narrow(3, 0, 6);
        Tensor odd = empty(1, 5, 6, 50, ScalarType.BFloat16).permute(0, 3, 1, 2).narrow(1, 0, 48);
        Tensor flow = zeros(1, 2, 5, 6);
        Tensor picture = zeros(1, 3, 20, 24);
        Tensor larger = empty(1, 5, 6, 64, ScalarType.BFloat16).permute(0, 3, 1, 2);
        Assert.True(RecurrentInput.IsPlace(larger));
        Assert.Contains("[1, 64, 5, 6] on cpu; it is to be [1, 48, 5, 6]", Refusal(larger), StringComparison.Ordinal);
        Assert.Contains("[1, 48, 5, 6] on meta", Refusal(planes.to(META)), StringComparison.Ordinal);
        Assert.Contains(
            "the flow is [1, 2, 5, 5] of Float32 on cpu; it is to be [1, 2, 5, 6]",
            Assert.Throws<ArgumentException>(() => RecurrentInput.WarpState(planes, flow.narrow(3, 0, 5), planes)).Message, StringComparison.Ordinal);

        foreach (Tensor target in new[] { planes, gaps, odd })
        {
            Assert.False(RecurrentInput.IsPlace(target));
            Assert.Contains("channels innermost", Refusal(target), StringComparison.Ordinal);
            Assert.Contains(
                "channels innermost",
                Assert.Throws<ArgumentException>(() => RecurrentInput.WarpDetail(picture, picture, flow, target)).Message, StringComparison.Ordinal);
        }

        string Refusal(Tensor target) => Assert.Throws<ArgumentException>(() => RecurrentInput.WarpState(planes, flow, target)).Message;
    }

    [Fact]
    public void TheProcessorHasNoKernelsAndTheSourceIsThere()
    {
        Assert.Equal("cpu is no GPU", FrameKernels.ProblemOn(CPU));
        using Stream? source = typeof(FrameKernels).Assembly.GetManifestResourceStream("recurrent_frame.cu");
        Assert.NotNull(source);
    }
}
