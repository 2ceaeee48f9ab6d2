using TorchSharp;
using Vsr.Models.Gpu;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Frames as they are upscaled in bfloat16, with fused convolutions and passes of our own, against the network's operators.</summary>
/// <remarks>Both round, at different places: the fused frames are not to be much farther from float32.</remarks>
public class FusedFramesTests
{
    /// <summary>Frames of look-ahead, scale, kind.</summary>
    public static TheoryData<int, int, string> Networks => new()
    {
        { 2, 4, "" },
        { 2, 4, "residual carried" },
        { 2, 4, "nothing carried" },
        { 2, 2, "" },
        { 0, 4, "" },
        { 1, 3, "" },
        { 2, 4, "no flow" },
        { 2, 4, "two directions" },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void OnTheCpuTheyAreThoseOfTheOperators(int lookAhead, int scale, string kind)
    {
        TorchTestBackend.Ensure();
        Assert.SkipUnless(FusedConvolution.IsAvailableOn(DeviceType.CPU), "needs a libtorch with fused convolutions");
        Assert.SkipUnless(CpuFeatures.HasBf16, "this processor has no bfloat16: operators are all there is");
        Compare(Options(lookAhead, scale, kind), CPU);
    }

    [Theory]
    [Trait("Category", "Gpu")]
    [MemberData(nameof(Networks))]
    public void OnAGpuTheyAreThoseOfTheOperators(int lookAhead, int scale, string kind)
    {
        Device device = TorchTestBackend.RequireCuda();
        Assert.True(FusedConvolution.IsAvailableOn(DeviceType.CUDA));
        Assert.Null(FrameKernels.ProblemOn(device));
        Compare(Options(lookAhead, scale, kind), device);
    }

    private static RecurrentOptions Options(int lookAhead, int scale, string kind) => new()
    {
        Channels = 32,
        Blocks = 2,
        LookAhead = lookAhead,
        Scale = scale,
        WarpOutput = kind != "residual carried",
        CarryOutput = kind != "nothing carried",
        UseFlow = kind != "no flow",
        TwoDirections = kind == "two directions",
    };

    private static void Compare(RecurrentOptions options, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        using RecurrentVsr network = new(options);
        GoldenFormula.Fill(network);
        network.to(device);
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 6, 3, 34, 50]).to(device);
        using IFrameUpscaler upscaler = network.CreateUpscaler(new InferenceOptions { Precision = InferencePrecision.Bf16, UseCudaGraph = false });
        Tensor exact = network.Unroll(clip).Sr.squeeze(0);
        network.SetPrecision(ScalarType.BFloat16);
        Tensor plain = network.Unroll(clip).Sr.squeeze(0);

        Tensor fused = cat(UpscalerTests.Stream(upscaler, clip), 0);

        for (int t = 0; t < 6; t++)
        {
            double expected = TorchTestBackend.RelativeError(plain[t], exact[t]);
            Assert.InRange(TorchTestBackend.RelativeError(fused[t], exact[t]), 0, 1.15 * expected);
        }
    }
}
