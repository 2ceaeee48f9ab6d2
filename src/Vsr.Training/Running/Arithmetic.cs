using TorchSharp;
using Vsr.Models;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>How the device computes in a run: settings of the whole process on a GPU, and what to expect of a CPU.</summary>
internal static class Arithmetic
{
    private const double MostOnTheCpu = 2e12;       // two cores multiply some 1e11 times a second

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

            if (options.Network == NetworkCatalog.Recurrent && Multiplications(options) > MostOnTheCpu)
            {
                observer.Warning(
                    $"a step of {options.Batch} sequences through {options.Channels} channels x {options.Blocks} blocks takes minutes on a CPU; "
                    + "train on a GPU, or give less: --channels 32 --blocks 3 --batch 4 --crop 128");
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

    // Of a step's convolutions forwards and backwards, without the flow network.
    private static double Multiplications(TrainingOptions options)
    {
        double weights = 2.0 * 9 * options.Channels * options.Channels * options.Blocks;
        double positions = Math.Pow((options.Crop ?? 0) / (double)options.Scale, 2);
        return 3 * weights * positions * (options.Batch ?? 0) * (options.Unroll ?? 0);
    }

    /// <summary>What a step needs that libtorch only has with results that vary on a GPU; null for nothing.</summary>
    internal static string? Varying(TrainingOptions options) => options.Network switch
    {
        NetworkCatalog.VsrNet => options.Padding == "replicate" ? "the gradient of replicated borders" : null,
        NetworkCatalog.Recurrent when options.Flow == "none" => null,
        _ => "the gradients of warping and of bilinear enlargement",
    };
}
