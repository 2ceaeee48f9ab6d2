using Vsr.Interop.Cuda;

namespace Vsr.Video;

/// <summary>A queue of copies and kernels on a GPU that does not wait for the legacy default stream.</summary>
internal sealed class GpuStream : IDisposable
{
    private readonly GpuContext _context;
    private readonly CudaDriver _driver = CudaDriver.Instance;

    /// <summary>Makes the stream; the context must be current.</summary>
    public GpuStream(GpuContext context)
    {
        _context = context;
        Handle = _driver.CreateStream();
    }

    /// <summary>The driver's CUstream.</summary>
    public nint Handle { get; private set; }

    /// <summary>Queues a copy of rows within the device on any stream.</summary>
    public static void CopyRows(
        nint target, long targetPitch, nint source, long sourcePitch, long rowBytes, long rows, nint stream) =>
        CudaDriver.Instance.Copy2DAsync(target, targetPitch, source, sourcePitch, rowBytes, rows, stream);

    /// <summary>Queues a copy from pinned memory of the host.</summary>
    public void CopyToDevice(nint device, nint host, long bytes) => _driver.CopyToDeviceAsync(device, host, bytes, Handle);

    /// <summary>Blocks the calling thread until all that is queued has been done.</summary>
    public void Synchronize() => _driver.SynchronizeStream(Handle);

    /// <summary>Waits for the work that is queued, then destroys the stream.</summary>
    public void Dispose()
    {
        if (Handle != 0)
        {
            _context.MakeCurrent();
            Synchronize();
            _driver.DestroyStream(Handle);
            Handle = 0;
        }
    }
}
