using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Models.Gpu;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Cli.Doctor;

/// <summary>libtorch: which, where from, on which device, and what of it is missing.</summary>
internal sealed record BackendFindings(
    string? Device,
    string? LibtorchVersion,
    string? LibtorchDirectory,
    string? Origin,
    IReadOnlyList<BridgePiece> Pieces,
    IReadOnlyList<string> Attempts,
    string? GpuProblem,
    string? Problem,
    string? Hint)
{
    public static BackendFindings Collect(BackendOptions options)
    {
        try
        {
            Backend backend = Backend.Load(options);
            string? problem = Compute(backend.Device);
            return new(
                backend.Device.ToString(), backend.LibTorchVersion, backend.LibTorchDirectory, backend.Origin, PiecesOf(backend),
                backend.Attempts, backend.CudaProblem, problem, null);
        }
        catch (BackendException failure)
        {
            return new(null, null, null, null, [], failure.Attempts, null, failure.Message, failure.Hint);
        }
    }

    private static IReadOnlyList<BridgePiece> PiecesOf(Backend backend)
    {
        if (!backend.IsCuda)
        {
            return backend.Probe();
        }

        string? problem = FrameKernels.ProblemOn(backend.Device);
        return [.. backend.Probe(), new("kernels for frames", problem is null, problem is null ? [] : [problem], FrameKernels.Instead)];
    }

    // a convolution with its gradient, on the device and on the CPU
    private static string? Compute(Device device)
    {
        try
        {
            foreach (Device place in new[] { CPU, device })
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor weight = ones([1, 1, 3, 3], device: place, requires_grad: true);
                Tensor picture = ones(1, 1, 8, 8, device: place);
                nn.functional.conv2d(picture, weight).sum().backward();
                float sum = weight.grad!.sum().cpu().item<float>();
                if (sum != 9 * 36)
                {
                    return $"a convolution on {place} gave {sum} instead of {9 * 36}";
                }
            }

            return null;
        }
        catch (ExternalException failure)
        {
            return $"a convolution failed: {failure.Message.Split('\n')[0]}";
        }
    }
}
