using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>The networks on a GPU: the CPU's values, and CUDA graphs equal to operator by operator.</summary>
[Trait("Category", "Gpu")]
public class GpuTests
{
    [Theory]
    [InlineData(InferencePrecision.Fp32, true)]
    [InlineData(InferencePrecision.Fp32, false)]
    [InlineData(InferencePrecision.Bf16, true)]
    public void RecordedFramesEqualFramesRunByOperators(InferencePrecision precision, bool warpOutput)
    {
        Device device = TorchTestBackend.RequireCuda();
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 32, Blocks = 2, WarpOutput = warpOutput });
        GoldenFormula.Fill(network);
        network.to(device);
        using IFrameUpscaler recorded = network.CreateUpscaler(new InferenceOptions { Precision = precision });
        using IFrameUpscaler plain = network.CreateUpscaler(new InferenceOptions { Precision = precision, UseCudaGraph = false });
        double bound = precision == InferencePrecision.Fp32 ? 1e-3 : 2e-2;
        foreach (int[] shape in (int[][])[[1, 6, 3, 34, 50], [1, 5, 3, 34, 50], [1, 2, 3, 34, 50], [1, 4, 3, 20, 20]])
        {
            Tensor clip = GoldenFormula.Frames(ScalarType.Float32, shape).to(device);
            Tensor expected = cat(UpscalerTests.Stream(plain, clip), 0);
            Tensor actual = cat(UpscalerTests.Stream(recorded, clip), 0);

            Assert.InRange((expected - actual).abs().max().cpu().item<float>(), 0, bound);
            Assert.True(recorded.UsesCudaGraph);
            recorded.Reset();
            plain.Reset();
        }
    }

    [Fact]
    public void GpuGivesTheCpusValues()
    {
        Device device = TorchTestBackend.RequireCuda();
        using DisposeScope scope = NewDisposeScope();
        bool convolutions = backends.cudnn.allow_tf32;
        backends.cudnn.allow_tf32 = false;
        try
        {
            using RecurrentVsr network = new(new RecurrentOptions { Channels = 32, Blocks = 2 });
            GoldenFormula.Fill(network);
            Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 4, 3, 18, 20], salt: 33);
            Tensor expected = network.Unroll(clip).Sr;
            network.to(device);

            Assert.InRange(TorchTestBackend.RelativeError(network.Unroll(clip.to(device)).Sr, expected), 0, 1e-5);
        }
        finally
        {
            backends.cudnn.allow_tf32 = convolutions;
        }
    }
}
