using System.Runtime.InteropServices;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Values that PyTorch computed (Golden/make_golden.py), to compare with.</summary>
internal sealed class GoldenFile
{
    private readonly SafetensorsFile _file;
    private readonly List<string> _failures = [];
    private readonly HashSet<string> _compared = [];

    public GoldenFile(string name, ScalarType type) =>
        _file = SafetensorsFile.Read(Path.Combine(
            SharedData.RepositoryRoot, "tests", "Vsr.Models.Tests", "Golden",
            $"{name}-{(type == ScalarType.Float64 ? "f64" : "f32")}.safetensors"));

    /// <summary>The bound on ||a - b|| / ||b|| of outputs: 1e-8 in float64, 1e-5 in float32.</summary>
    public static double OutputBound(ScalarType type) => type == ScalarType.Float64 ? 1e-8 : 1e-5;

    /// <summary>The bound for gradients: 1e-8 in float64, 1e-3 in float32.</summary>
    public static double GradientBound(ScalarType type) => type == ScalarType.Float64 ? 1e-8 : 1e-3;

    public void Compare(string name, Tensor? actual, double bound)
    {
        Assert.True(actual is not null, $"no value for {name}");
        SafetensorsEntry entry = _file.Find(name) ?? throw new InvalidOperationException($"no golden {name}");
        double[] golden = MemoryMarshal.Cast<byte, double>(entry.Data.Span).ToArray();
        double difference = GoldenFormula.Difference(GoldenFormula.Summary(actual), golden);
        _compared.Add(name);
        if (!(difference <= bound))
        {
            _failures.Add($"{name}: {difference:G3}, bound {bound:G1}");
        }
    }

    /// <summary>Compares the gradients of all parameters that have one.</summary>
    public void CompareGradients(nn.Module module, ScalarType type)
    {
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in module.named_parameters())
        {
            if (parameter.requires_grad)
            {
                Compare($"grad.{name}", parameter.grad, GradientBound(type));
            }
        }
    }

    /// <summary>Fails with all differences over their bounds, and when a golden value was not compared.</summary>
    public void AssertAllCompared()
    {
        Assert.Empty(_failures);
        Assert.Equal(_file.Entries.Select(entry => entry.Name).Order(), _compared.Order());
    }
}
