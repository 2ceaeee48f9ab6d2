using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>RecurrentVsr and CompactFlow against PyTorch: output and every gradient, input's included.</summary>
public class RecurrentParityTests
{
    public RecurrentParityTests() => TorchTestBackend.Ensure();

    public static TheoryData<string, ScalarType> Cases()
    {
        TheoryData<string, ScalarType> cases = [];
        foreach (string name in (string[])["small", "look0", "short", "low-carry", "no-flow"])
        {
            cases.Add(name, ScalarType.Float64);
            cases.Add(name, ScalarType.Float32);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void UnrollEqualsPyTorch(string name, ScalarType type) => Check(name, type);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void UnrollOfTheFullNetworkEqualsPyTorch(ScalarType type) => Check("full", type);

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void FlowEqualsPyTorchAtEveryLevel(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using CompactFlow network = new();
        network.SetPrecision(type);
        GoldenFormula.Fill(network);
        Tensor clip = GoldenFormula.Frames(type, [2, 2, 3, 32, 48], salt: 25);

        Tensor[] flows = network.forward(clip.select(1, 0), clip.select(1, 1));
        flows.Select(flow => (flow * GoldenFormula.LossWeights(flow)).sum()).Aggregate((x, y) => x + y).backward();

        GoldenFile golden = new("flow", type);
        for (int i = 0; i < flows.Length; i++)
        {
            golden.Compare($"output.{i}", flows[i], GoldenFile.OutputBound(type));
        }

        golden.CompareGradients(network, type);
        golden.AssertAllCompared();
    }

    private static void Check(string name, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        (RecurrentOptions options, int[] shape, int salt) = Setup(name);
        using RecurrentVsr network = new(options);
        network.SetPrecision(type);
        GoldenFormula.Fill(network);
        Tensor lr = GoldenFormula.Frames(type, shape, salt).requires_grad_();

        (Tensor sr, Tensor? photometric) = network.Unroll(lr);
        Tensor loss = (sr * GoldenFormula.LossWeights(sr)).sum();
        (photometric is null ? loss : loss + (10 * photometric)).backward();

        GoldenFile golden = new($"recurrent-{name}", type);
        golden.Compare("output", sr, GoldenFile.OutputBound(type));
        golden.Compare("grad.input", lr.grad, GoldenFile.GradientBound(type));
        golden.CompareGradients(network, type);
        if (photometric is not null)
        {
            golden.Compare("photometric", photometric, GoldenFile.OutputBound(type));
        }

        golden.AssertAllCompared();
    }

    private static (RecurrentOptions Options, int[] Shape, int Salt) Setup(string name)
    {
        RecurrentOptions small = new() { Channels = 16, Blocks = 2 };
        return name switch
        {
            "small" => (small, [2, 4, 3, 18, 20], 33),
            "look0" => (small with { LookAhead = 0 }, [1, 3, 3, 16, 16], 6),
            "short" => (small, [1, 2, 3, 17, 19], 21),
            "low-carry" => (small with { LookAhead = 1, WarpOutput = false }, [1, 4, 3, 18, 20], 30),
            "no-flow" => (small with { LookAhead = 1, UseFlow = false }, [1, 4, 3, 13, 15], 0),
            "full" => (new RecurrentOptions(), [1, 3, 3, 16, 24], 0),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such case"),
        };
    }
}
