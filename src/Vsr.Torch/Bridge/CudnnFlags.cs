using TorchSharp;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>How cuDNN and cuBLAS compute: settings of the whole process.</summary>
/// <remarks>After loading: TF32 in convolutions, full float32 in matrix products, no benchmark.</remarks>
public static class CudnnFlags
{
    /// <summary>
    /// Whether cuDNN tries its algorithms for each new shape and keeps the fastest. Worth it when shapes repeat; the choice, and
    /// with it the last bits of a result, may differ from run to run. False, and settable to no effect, where it is missing.
    /// </summary>
    public static bool Benchmark
    {
        get => LoadedLibTorch.Current.Bridge.Context?.CudnnBenchmark ?? false;
        set => Set(context => context.CudnnBenchmark = value);
    }

    /// <summary>Whether cuDNN uses only algorithms whose results do not vary from run to run.</summary>
    public static bool Deterministic
    {
        get => LoadedLibTorch.Current.Bridge.Context?.CudnnDeterministic ?? false;
        set => Set(context => context.CudnnDeterministic = value);
    }

    /// <summary>Whether float32 convolutions round their factors to TF32 (10 bits of mantissa).</summary>
    public static bool AllowTf32Convolutions
    {
        get => torch.backends.cudnn.allow_tf32;
        set => torch.backends.cudnn.allow_tf32 = value;
    }

    /// <summary>Whether float32 matrix products round their factors to TF32.</summary>
    public static bool AllowTf32MatrixProducts
    {
        get => torch.backends.cuda.matmul.allow_tf32;
        set => torch.backends.cuda.matmul.allow_tf32 = value;
    }

    /// <summary>
    /// Whether libtorch's own operators use algorithms whose results do not vary from run to run, where they have one; the others run
    /// as they are and libtorch warns of them once. Settable to no effect where the switch is missing.
    /// </summary>
    public static bool DeterministicAlgorithms
    {
        get => LoadedLibTorch.Current.Bridge.Determinism?.IsOn ?? false;
        set
        {
            Bridge.LibTorchBridge bridge = LoadedLibTorch.Current.Bridge;
            if (bridge.Determinism is { } determinism)
            {
                determinism.Set(value);
            }
            else if (value)
            {
                bridge.NoteMissing("deterministic algorithms");
            }
        }
    }

    private static void Set(Action<Interop.LibTorch.ContextApi> change)
    {
        Bridge.LibTorchBridge bridge = LoadedLibTorch.Current.Bridge;
        if (bridge.Context is { } context)
        {
            change(context);
        }
        else
        {
            bridge.NoteMissing("cuDNN settings");
        }
    }
}
