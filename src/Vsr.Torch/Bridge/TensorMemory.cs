using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>Memory of somebody else, on the host or the device, as a tensor.</summary>
public static unsafe class TensorMemory
{
    /// <summary>Wraps memory as a tensor and says when it is not needed any more.</summary>
    /// <param name="data">The address of the first value.</param>
    /// <param name="shape">The sizes, outermost first.</param>
    /// <param name="strides">The distances of neighbours in values, or empty for densely packed values.</param>
    /// <param name="type">The values' type.</param>
    /// <param name="device">Where the memory is.</param>
    /// <param name="release">
    /// Called exactly once. With libtorch 2.11: when the last tensor over the memory, views included, is gone, on whatever thread
    /// dropped it. With 2.10: before this method returns, since the values are copied then, on the current stream. On a GPU the
    /// device may still be reading: order any reuse of the memory after the current stream's work.
    /// </param>
    /// <returns>A tensor that the caller owns; over the memory itself from libtorch 2.11 on, else a copy.</returns>
    /// <exception cref="ArgumentException">Strides of another number than sizes.</exception>
    /// <exception cref="BackendException">The loaded libtorch cannot wrap memory.</exception>
    public static torch.Tensor FromBlob(
        nint data, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, torch.ScalarType type, torch.Device device, Action release)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(release);
        LoadedLibTorch library = LoadedLibTorch.Current;
        BlobApi api = Require(library);
        ReadOnlySpan<long> steps = strides.IsEmpty ? DenseStrides(shape) : strides;
        RequireSameLength(shape, steps);
        if (!api.HasDeleter)
        {
            library.Bridge.NoteMissing("release of wrapped memory");
            using torch.Tensor borrowed = Borrow(data, shape, steps, type, device);
            torch.Tensor copy = borrowed.clone();
            release();
            return copy;
        }

        GCHandle context = GCHandle.Alloc(release);
        try
        {
            nint handle = api.Create(
                data, shape, steps, (int)type, (int)device.type, Math.Max(0, device.index), &Release, GCHandle.ToIntPtr(context));
            return torch.Tensor.UnsafeCreateTensor(handle);
        }
        catch (LibTorchCallException failure)
        {
            context.Free();
            throw new BackendException(failure.Message, failure);
        }
    }

    /// <summary>Wraps memory as a tensor that must not outlive it, nor must its views.</summary>
    /// <returns>A tensor over the memory itself; the caller owns the tensor and still owns the memory.</returns>
    /// <exception cref="ArgumentException">Strides of another number than sizes.</exception>
    /// <exception cref="BackendException">The loaded libtorch cannot wrap memory.</exception>
    public static torch.Tensor Borrow(
        nint data, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, torch.ScalarType type, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        BlobApi api = Require(LoadedLibTorch.Current);
        ReadOnlySpan<long> steps = strides.IsEmpty ? DenseStrides(shape) : strides;
        RequireSameLength(shape, steps);
        try
        {
            nint handle = api.Create(data, shape, steps, (int)type, (int)device.type, Math.Max(0, device.index));
            return torch.Tensor.UnsafeCreateTensor(handle);
        }
        catch (LibTorchCallException failure)
        {
            throw new BackendException(failure.Message, failure);
        }
    }

    /// <summary>The address of a tensor's first value, on its own device; valid while the caller keeps the tensor.</summary>
    /// <remarks>The values from there on lie as the tensor's strides say.</remarks>
    /// <exception cref="BackendException">The loaded libtorch cannot tell.</exception>
    public static nint Address(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        try
        {
            return Require(LoadedLibTorch.Current).DataPointer(tensor.Handle);
        }
        catch (LibTorchCallException failure)
        {
            throw new BackendException(failure.Message, failure);
        }
    }

    private static BlobApi Require(LoadedLibTorch library) =>
        library.Bridge.Blob ?? throw new BackendException("the loaded libtorch cannot wrap memory as a tensor");

    private static long[] DenseStrides(ReadOnlySpan<long> shape)
    {
        long[] strides = new long[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, shape[i]);
        }

        return strides;
    }

    private static void RequireSameLength(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        if (shape.Length != strides.Length)
        {
            throw new ArgumentException($"{strides.Length} strides for {shape.Length} sizes; give one each, or none");
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(void* data, void* context)
    {
        GCHandle handle = GCHandle.FromIntPtr((nint)context);
        Action release = (Action)handle.Target!;
        handle.Free();
        release();
    }
}
