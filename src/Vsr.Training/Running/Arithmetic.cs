using TorchSharp;
using Vsr.Models;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>How the GPU computes in a run: settings of the whole process.</summary>
internal static class Arithmetic
{
    /// <summary>Sets TF32 and determinism as the settings ask for, and says what of it cannot be.</summary>
    public static void Set(TrainingOptions options, Device device, ITrainingObserver observer)
    {
        CudnnFlags.DeterministicAlgorithms = options.Deterministic;
        if (device.type != DeviceType.CUDA)
        {
            if (options.Precision == "fp16")
            {
                observer.Warning("fp16 on the CPU runs in plain loops, a hundred times slower than fp32 or bf16");
            }

            return;
        }

        CudnnFlags.Benchmark = !options.Deterministic;      // shapes repeat in every step; trying them out may end differently
        CudnnFlags.Deterministic = options.Deterministic;
        CudnnFlags.AllowTf32Convolutions = options.Tf32;
        if (options.Deterministic && Varying(options) is { } varying)
        {
            observer.Warning($"--deterministic: libtorch has no deterministic algorithm for {varying}; the last bits of runs may differ");
        }
    }

    /// <summary>What a step needs that libtorch only has with results that vary on a GPU; null for nothing.</summary>
    internal static string? Varying(TrainingOptions options) => options.Network switch
    {
        NetworkCatalog.VsrNet => options.Padding == "replicate" ? "the gradient of replicated borders" : null,
        NetworkCatalog.Recurrent when options.Flow == "none" => null,
        _ => "the gradients of warping and of bilinear enlargement",
    };
}
