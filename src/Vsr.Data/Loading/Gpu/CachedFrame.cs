using Vsr.Torch;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>A place for one decoded picture in device memory, and what the device still has to do with it.</summary>
/// <param name="slab">What the place is part of.</param>
/// <param name="memory">Device address.</param>
/// <param name="stream">Any stream of the device.</param>
internal sealed class CachedFrame(DeviceSlab slab, nint memory, CudaStream stream) : IDisposable
{
    private readonly CudaEvent _written = new(stream, timed: false);
    private readonly CudaEvent _read = new(stream, timed: false);

    public DeviceSlab Slab => slab;

    public nint Memory => memory;

    /// <summary>Which picture it holds; null for none. Guarded by the cache's lock, as all that follows.</summary>
    public (int Clip, int Frame)? Key { get; set; }

    /// <summary>The picture.</summary>
    public DeviceSurface Surface { get; set; }

    /// <summary>Threads that are queueing reads of it now: it is not given to another picture.</summary>
    public int Readers { get; set; }

    /// <summary>Lets a stream read the picture.</summary>
    public void HoldReader(CudaStream reader) => _written.Hold(reader);

    /// <summary>Marks that a stream holds reads of the picture; whoever waits for the mark waits for the earlier ones too.</summary>
    public void MarkRead(CudaStream reader)
    {
        _read.Hold(reader);
        _read.Record(reader);
    }

    /// <summary>Lets a stream write another picture.</summary>
    public void HoldWriter(CudaStream writer)
    {
        _read.Hold(writer);
        _written.Hold(writer);
    }

    /// <summary>Marks that a stream holds the writing of the picture.</summary>
    public void MarkWritten(CudaStream writer) => _written.Record(writer);

    /// <summary>Waits until the device is done with it.</summary>
    public void Dispose()
    {
        _written.Synchronize();
        _read.Synchronize();
        _written.Dispose();
        _read.Dispose();
    }
}
