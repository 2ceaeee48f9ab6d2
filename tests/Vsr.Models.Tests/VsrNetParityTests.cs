using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>VsrNet and FlowNetSD against PyTorch: output, every gradient, running statistics.</summary>
public class VsrNetParityTests
{
    public VsrNetParityTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData("vsrnet", ScalarType.Float64)]
    [InlineData("vsrnet", ScalarType.Float32)]
    [InlineData("vsrnet-eval", ScalarType.Float64)]
    [InlineData("vsrnet-eval", ScalarType.Float32)]
    [InlineData("vsrnet-residual", ScalarType.Float64)]
    [InlineData("vsrnet-residual", ScalarType.Float32)]
    public void ForwardEqualsPyTorch(string name, ScalarType type) => Check(name, type);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void ForwardWithFlowEqualsPyTorch(ScalarType type) => Check("vsrnet-flow", type);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void FlowNetSDEqualsPyTorch(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using FlowNetSD network = new();
        network.SetPrecision(type);
        GoldenFormula.Fill(network);
        Tensor clip = GoldenFormula.Frames(type, [1, 2, 3, 64, 128]);

        Tensor flow = network.forward(FlowNetSD.JoinPair(clip.select(1, 0), clip.select(1, 1)));
        (flow * GoldenFormula.LossWeights(flow)).sum().backward();

        GoldenFile golden = new("flownet2-sd", type);
        golden.Compare("output", flow, GoldenFile.OutputBound(type));
        golden.CompareGradients(network, type);
        golden.AssertAllCompared();
    }

    private static void Check(string name, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        (VsrNetOptions options, int[] shape) = Setup(name);
        using VsrNet network = new(options);
        network.SetPrecision(type);
        GoldenFormula.Fill(network);
        network.train(name != "vsrnet-eval");

        Tensor luma = network.forward(GoldenFormula.Frames(type, shape));
        (luma * GoldenFormula.LossWeights(luma)).sum().backward();

        GoldenFile golden = new(name, type);
        golden.Compare("output", luma, GoldenFile.OutputBound(type));
        golden.CompareGradients(network, type);
        foreach ((string key, Tensor value) in network.state_dict())
        {
            if (key.Contains("running_", StringComparison.Ordinal))
            {
                golden.Compare($"state.{key}", value, GoldenFile.OutputBound(type));
            }
        }

        golden.AssertAllCompared();
    }

    private static (VsrNetOptions Options, int[] Shape) Setup(string name) => name switch
    {
        "vsrnet" => (new VsrNetOptions(), [2, 3, 3, 24, 32]),
        "vsrnet-eval" => (new VsrNetOptions(), [1, 3, 3, 24, 32]),
        "vsrnet-residual" => (
            new VsrNetOptions { Frames = 5, Residual = true, Padding = VsrNetPadding.Replicate }, [1, 5, 3, 24, 20]),
        "vsrnet-flow" => (new VsrNetOptions { Flow = VsrNetFlow.FlowNetSD }, [1, 3, 3, 64, 64]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such case"),
    };
}
