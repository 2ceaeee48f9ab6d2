using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>A queue of work on a GPU: work of one stream runs in order, work of several streams side by side.</summary>
/// <remarks>libtorch owns the queue behind it and never destroys it: nothing to dispose.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "CUDA's word; no System.IO.Stream is meant.")]
public sealed class CudaStream
{
    private CudaStream(nint handle, int deviceIndex)
    {
        Handle = handle;
        DeviceIndex = deviceIndex;
    }

    /// <summary>The driver's CUstream; 0 for the default stream.</summary>
    public nint Handle { get; }

    /// <summary>The GPU's number.</summary>
    public int DeviceIndex { get; }

    /// <summary>The stream on which the calling thread's operators run.</summary>
    /// <exception cref="BackendException">The loaded libtorch has no streams.</exception>
    public static CudaStream Current(torch.Device device)
    {
        int index = IndexOf(device);
        return new(Require().Current(index), index);
    }

    /// <summary>One of libtorch's 32 streams a priority, in turn.</summary>
    /// <exception cref="BackendException">The loaded libtorch has no streams.</exception>
    public static CudaStream FromPool(torch.Device device, bool highPriority = false)
    {
        int index = IndexOf(device);
        return new(Require().FromPool(highPriority, index), index);
    }

    /// <summary>A stream that somebody else made with the driver and keeps alive.</summary>
    public static CudaStream FromHandle(torch.Device device, nint handle) => new(handle, IndexOf(device));

    /// <summary>Lets what is queued here from now on start after what another stream holds now. Does not wait on the host.</summary>
    public void WaitFor(CudaStream other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using CudaEvent reached = new(other, timed: false);
        reached.Record(other);
        reached.Hold(this);
    }

    /// <summary>Blocks the calling thread until the stream's work is done.</summary>
    public void Synchronize()
    {
        CudaDriver.Instance.EnsureContext(DeviceIndex);
        CudaDriver.Instance.SynchronizeStream(Handle);
    }

    internal static StreamApi Require() =>
        LoadedLibTorch.Current.Bridge.Streams ?? throw new BackendException("the loaded libtorch has no CUDA streams");

    internal static int IndexOf(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CUDA
            ? Math.Max(0, device.index)
            : throw new ArgumentException($"device {device} has no streams; give a CUDA device");
    }
}
