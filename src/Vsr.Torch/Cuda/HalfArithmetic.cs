using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.Nvrtc;
using Vsr.Torch.Loading;
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
    private const string FileName = "half_arithmetic.cu";

    private static readonly ConcurrentDictionary<int, string> Problems = new();
    private static readonly ConcurrentDictionary<int, Kernels?> Compiled = new();      // by GPU, kept until the process ends

    /// <summary>Whether a device has the kernels; compiles them at the first call, which must not be while a graph is recorded.</summary>
    public static bool IsFastOn(Device device) => device.type == DeviceType.CUDA && CanLaunch && For(CudaStream.IndexOf(device)) is not null;

    private static bool CanLaunch => LoadedLibTorch.Current.Bridge is { Streams: not null, Blob: not null };

    /// <summary>Why a device has no kernels; null where it has them.</summary>
    public static string? ProblemOn(Device device) => IsFastOn(device) ? null
        : device.type != DeviceType.CUDA ? $"{device} is no GPU"
        : !CanLaunch ? "the loaded libtorch lacks streams or memory as a tensor"
        : Problems[CudaStream.IndexOf(device)];

    /// <summary>target = max(x, 0); what is not a number stays so.</summary>
    public static void Relu(Tensor x, Tensor target)
    {
        if (!TryRun(kernels => x.dtype == ScalarType.BFloat16 ? kernels.ReluBFloat16 : kernels.ReluFloat16, x, x, target))
        {
            using Tensor positive = x.relu();
            target.copy_(positive);
        }
    }

    /// <summary>target = gradient where relu's output is not zero, else 0.</summary>
    public static void Mask(Tensor gradient, Tensor output, Tensor target)
    {
        if (!TryRun(kernels => kernels.Mask, gradient, output, target))
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
        if (!TryRun(kernels => a.dtype == ScalarType.BFloat16 ? kernels.SumBFloat16 : kernels.SumFloat16, a, b, target))
        {
            using Tensor sum = a.add(b);
            target.copy_(sum);
        }
    }

    private static bool TryRun(Func<Kernels, nint> kernel, Tensor a, Tensor b, Tensor target)
    {
        if (target.device_type != DeviceType.CUDA || target.dtype is not (ScalarType.BFloat16 or ScalarType.Float16)
            || a.dtype != target.dtype || b.dtype != target.dtype || !LieAlike(a, target) || !LieAlike(b, target)
            || target.numel() % ValuesOfVector != 0 || !CanLaunch || For(CudaStream.IndexOf(target.device)) is not { } kernels)
        {
            return false;
        }

        (nint first, nint second, nint output) = (TensorMemory.Address(a), TensorMemory.Address(b), TensorMemory.Address(target));
        if ((first | second | output) % (ValuesOfVector * sizeof(ushort)) != 0)
        {
            return false;
        }

        int device = CudaStream.IndexOf(target.device);
        using CudaContextScope context = CudaDriver.Instance.Use(device);
        long vectors = target.numel() / ValuesOfVector;
        int blocks = (int)Math.Clamp((vectors + Threads - 1) / Threads, 1, MostBlocks);
        CudaDriver.Instance.Launch(
            kernel(kernels), (blocks, 1), (Threads, 1), new Job(first, second, output, vectors), CudaStream.Current(target.device).Handle);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(target);
        return true;
    }

    /// <summary>Whether both are one piece of memory without gaps, in the same order.</summary>
    private static bool LieAlike(Tensor a, Tensor b) =>
        a.shape.AsSpan().SequenceEqual(b.shape)
        && ((TensorLayout.IsChannelsLast(a) && TensorLayout.IsChannelsLast(b)) || (a.is_contiguous() && b.is_contiguous()));

    private static Kernels? For(int device) => Compiled.GetOrAdd(device, Compile);

    private static Kernels? Compile(int device)
    {
        try
        {
            using CudaContextScope context = CudaDriver.Instance.Use(device);
            byte[] image = NvrtcLibrary.Load(NvidiaFolders.Find())
                .Compile(ReadSource(), FileName, [$"--gpu-architecture={CudaDriver.Instance.Architecture(device)}"]);
            nint module = CudaDriver.Instance.LoadModule(image);
            nint Find(string name) => CudaDriver.Instance.FindKernel(module, name);
            return new Kernels(
                Find("half_relu_bfloat16"), Find("half_relu_float16"), Find("half_mask"), Find("half_sum_bfloat16"), Find("half_sum_float16"));
        }
        catch (Exception failure) when (failure is NvrtcException or CudaDriverException or EntryPointNotFoundException)
        {
            Problems[device] = failure.Message;
            return null;
        }
    }

    private static string ReadSource()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(FileName)
            ?? throw new InvalidOperationException($"{FileName} is not embedded in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The kernels' only parameter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Job(nint First, nint Second, nint Target, long Vectors);

    private sealed record Kernels(nint ReluBFloat16, nint ReluFloat16, nint Mask, nint SumBFloat16, nint SumFloat16);
}
