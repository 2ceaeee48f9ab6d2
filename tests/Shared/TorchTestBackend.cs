using TorchSharp;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Tests;

/// <summary>libtorch for the tests of one assembly: loaded once, on two threads.</summary>
/// <remarks>A test class that uses tensors touches it first, usually in a static field or its constructor.</remarks>
internal static class TorchTestBackend
{
    private static readonly Lazy<Backend> Loaded = new(Load);

    /// <summary>The backend, on the GPU when there is one that works, else on the CPU.</summary>
    public static Backend Backend => Loaded.Value;

    /// <summary>Loads libtorch. Tensors of a test that takes no device live on the CPU.</summary>
    public static void Ensure() => _ = Loaded.Value;

    /// <summary>The GPU's device; skips the running test with the reason when there is none.</summary>
    public static Device RequireCuda()
    {
        Assert.SkipUnless(Backend.IsCuda, $"needs an NVIDIA GPU and PyTorch 2.10 or 2.11 for it: {Backend.CudaProblem}");
        return Backend.Device;
    }

    // libtorch seeds its generator from the system's entropy: a test that fails should fail again
    private static Backend Load()
    {
        Backend backend = Backend.Load(new BackendOptions { Device = "auto", Threads = 2 });
        random.manual_seed(1);
        return backend;
    }

    /// <summary>How far two tensors are apart: ||a - b|| / ||b||, in float64 on the CPU.</summary>
    public static double RelativeError(Tensor actual, Tensor expected)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = actual.detach().to(float64).cpu();
        Tensor b = expected.detach().to(float64).cpu();
        double norm = b.norm().item<double>();
        double difference = (a - b).norm().item<double>();
        return norm == 0 ? difference : difference / norm;
    }
}
