using Vsr.Interop.Cuda;

namespace Vsr.Video;

/// <summary>Memory of a GPU, or pinned memory of the host that the GPU copies from without a detour.</summary>
/// <remarks>Whoever frees it has waited until the device is done with it.</remarks>
internal sealed class GpuMemory : IDisposable
{
    private readonly GpuContext _context;
    private readonly bool _onHost;

    private GpuMemory(GpuContext context, long bytes, bool onHost)
    {
        _context = context;
        _onHost = onHost;
        Bytes = bytes;
        Address = onHost ? CudaDriver.Instance.AllocateHost(bytes) : CudaDriver.Instance.AllocateDevice(bytes);
    }

    /// <summary>The first byte's address, aligned to 256 bytes.</summary>
    public nint Address { get; private set; }

    public long Bytes { get; }

    /// <summary>Allocates on the device; the context must be current.</summary>
    public static GpuMemory OnDevice(GpuContext context, long bytes) => new(context, bytes, onHost: false);

    /// <summary>Allocates pinned memory on the host; the context must be current.</summary>
    public static GpuMemory OnHost(GpuContext context, long bytes) => new(context, bytes, onHost: true);

    public void Dispose()
    {
        if (Address == 0)
        {
            return;
        }

        _context.MakeCurrent();
        if (_onHost)
        {
            CudaDriver.Instance.FreeHost(Address);
        }
        else
        {
            CudaDriver.Instance.FreeDevice(Address);
        }

        Address = 0;
    }
}
