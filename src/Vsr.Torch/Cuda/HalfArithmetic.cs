using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>Relu, its gradient and sums of tensors, written straight to where they are wanted. Nothing is recorded for gradients.</summary>
/// <remarks>
/// Tensors of one operation have one shape and lie alike in memory. Half-precision tensors on a GPU take one kernel, others the operators of
/// libtorch, which need a copy more. Work is queued on the current stream.
/// </remarks>
internal static class HalfArithmetic
{
    private const int Threads = 256;
    private const int MostBlocks = 4096;
    private const int ValuesOfVector = 8;

    private static readonly KernelProgram Program = new(Assembly.GetExecutingAssembly(), "half_arithmetic.cu");

    /// <summary>Whether a device has the kernels; compiles them at the first call, which must not be while a graph is recorded.</summary>
    public static bool IsFastOn(Device device) => Program.IsAvailableOn(device);

    /// <summary>Why a device has no kernels; null where it has them.</summary>
    public static string? ProblemOn(Device device) => Program.ProblemOn(device);

    /// <summary>target = max(x, 0); what is not a number stays so.</summary>
    public static void Relu(Tensor x, Tensor target)
    {
        if (!TryRun(x.dtype == ScalarType.BFloat16 ? "half_relu_bfloat16" : "half_relu_float16", x, x, target))
        {
            using Tensor positive = x.relu();
            target.copy_(positive);
        }
    }

    /// <summary>target = gradient where relu's output is not zero, else 0.</summary>
    public static void Mask(Tensor gradient, Tensor output, Tensor target)
    {
        if (!TryRun("half_mask", gradient, output, target))
        {
            using Tensor zero = zeros([], gradient.dtype, gradient.device);
            using Tensor isZero = output.eq(zero);
            using Tensor masked = where(isZero, zero, gradient);
            target.copy_(masked);
        }
    }

    /// <summary>target = a + b.</summary>
    public static void Sum(Tensor a, Tensor b, Tensor target)
    {
        if (!TryRun(a.dtype == ScalarType.BFloat16 ? "half_sum_bfloat16" : "half_sum_float16", a, b, target))
        {
            using Tensor sum = a.add(b);
            target.copy_(sum);
        }
    }

    private static bool TryRun(string kernel, Tensor a, Tensor b, Tensor target)
    {
        if (target.device_type != DeviceType.CUDA || target.dtype is not (ScalarType.BFloat16 or ScalarType.Float16)
            || a.dtype != target.dtype || b.dtype != target.dtype || !LieAlike(a, target) || !LieAlike(b, target)
            || target.numel() % ValuesOfVector != 0 || !Program.IsAvailableOn(target.device))
        {
            return false;
        }

        (nint first, nint second, nint output) = (TensorMemory.Address(a), TensorMemory.Address(b), TensorMemory.Address(target));
        if ((first | second | output) % (ValuesOfVector * sizeof(ushort)) != 0)
        {
            return false;
        }

        long vectors = target.numel() / ValuesOfVector;
        int blocks = (int)Math.Clamp((vectors + Threads - 1) / Threads, 1, MostBlocks);
        Program.Launch(target.device, kernel, blocks, (Threads, 1), new Job(first, second, output, vectors));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(target);
        return true;
    }

    /// <summary>Whether both are one piece of memory without gaps, in the same order.</summary>
    private static bool LieAlike(Tensor a, Tensor b) =>
        a.shape.AsSpan().SequenceEqual(b.shape)
        && ((TensorLayout.IsChannelsLast(a) && TensorLayout.IsChannelsLast(b)) || (a.is_contiguous() && b.is_contiguous()));

    /// <summary>The kernels' only parameter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Job(nint First, nint Second, nint Target, long Vectors);
}
