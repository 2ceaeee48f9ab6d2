using Vsr.Torch;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>One allocation of device memory, divided into places for pictures of one size: the driver rounds single ones up to 2 MiB.</summary>
internal sealed class DeviceSlab : IDisposable
{
    private readonly GpuMemory _memory;

    /// <param name="context">The GPU.</param>
    /// <param name="placeBytes">Bytes of a place.</param>
    /// <param name="places">How many.</param>
    /// <param name="stream">Any stream of the device.</param>
    public DeviceSlab(GpuContext context, long placeBytes, int places, CudaStream stream)
    {
        PlaceBytes = placeBytes;
        _memory = GpuMemory.OnDevice(context, places * placeBytes);
        Places = [.. Enumerable.Range(0, places)
            .Select(i => new CachedFrame(this, _memory.Address + (nint)(i * placeBytes), stream))];
    }

    /// <summary>Bytes of a place.</summary>
    public long PlaceBytes { get; }

    public IReadOnlyList<CachedFrame> Places { get; }

    /// <summary>Bytes of the whole.</summary>
    public long Bytes => PlaceBytes * Places.Count;

    /// <summary>Waits until the device is done with all places, then frees them.</summary>
    public void Dispose()
    {
        foreach (CachedFrame place in Places)
        {
            place.Dispose();
        }

        _memory.Dispose();
    }
}
