using Vsr.Torch;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>One allocation of device memory, divided into places for pictures of one size: the driver rounds single ones up to 2 MiB.</summary>
internal sealed class DeviceSlab : IDisposable
{
    private const long AboutBytes = 64L << 20;

    private readonly GpuMemory _memory;

    public DeviceSlab(GpuContext context, long placeBytes, CudaStream stream)
    {
        PlaceBytes = placeBytes;
        _memory = GpuMemory.OnDevice(context, BytesFor(placeBytes));
        Places = [.. Enumerable.Range(0, (int)PlacesOf(placeBytes))
            .Select(i => new CachedFrame(this, _memory.Address + (nint)(i * placeBytes), stream))];
    }

    /// <summary>Bytes of a place.</summary>
    public long PlaceBytes { get; }

    public IReadOnlyList<CachedFrame> Places { get; }

    /// <summary>Bytes of a whole slab of places of a size.</summary>
    public static long BytesFor(long placeBytes) => PlacesOf(placeBytes) * placeBytes;

    /// <summary>Waits until the device is done with all places, then frees them.</summary>
    public void Dispose()
    {
        foreach (CachedFrame place in Places)
        {
            place.Dispose();
        }

        _memory.Dispose();
    }

    private static long PlacesOf(long placeBytes) => Math.Max(1, AboutBytes / placeBytes);
}
