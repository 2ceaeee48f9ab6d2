using System.Diagnostics.CodeAnalysis;
using Vsr.Torch;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>Decoded pictures kept in device memory, up to a number of bytes; those used longest ago go first.</summary>
/// <remarks>
/// Any thread. Pictures are kept as they were decoded (4:2:0 takes 1.5 bytes a pixel in 8 bit), so crops, flips and types may
/// differ from use to use. Invariants: <c>Bytes</c> is the sum of all slabs, at most the limit; every place of a slab is either in
/// <c>_order</c>, with a key in <c>_places</c>, or in <c>_free</c>; a place that is being read is not given away.
/// </remarks>
internal sealed class DeviceFrameCache(long limitBytes, GpuContext context) : IDisposable
{
    private const long LargestSlabBytes = 64L << 20;
    private const int FewestSlabs = 16;

    private readonly Lock _lock = new();
    private readonly List<DeviceSlab> _slabs = [];
    private readonly Dictionary<(int Clip, int Frame), LinkedListNode<CachedFrame>> _places = [];
    private readonly LinkedList<CachedFrame> _order = new();       // the one used last comes first
    private readonly List<CachedFrame> _free = [];

    /// <summary>Bytes of device memory in use.</summary>
    public long Bytes { get; private set; }

    /// <summary>Finds a picture; the caller queues its reads, then calls <see cref="EndRead"/>.</summary>
    public bool TryBeginRead(int clip, int frame, [NotNullWhen(true)] out CachedFrame? found)
    {
        lock (_lock)
        {
            found = null;
            if (_places.TryGetValue((clip, frame), out LinkedListNode<CachedFrame>? node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                found = node.Value;
                found.Readers++;
            }

            return found is not null;
        }
    }

    /// <summary>Says that a stream holds the reads.</summary>
    public void EndRead(CachedFrame frame, CudaStream stream)
    {
        lock (_lock)
        {
            frame.MarkRead(stream);
            frame.Readers--;
        }
    }

    /// <summary>Keeps a copy of a picture, unless it is kept already or there is no room.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="surface">The picture; its copy is queued on the stream.</param>
    /// <param name="stream">The stream on which the surface may be read.</param>
    public void Keep(int clip, int frame, in DeviceSurface surface, CudaStream stream)
    {
        lock (_lock)
        {
            if (_places.ContainsKey((clip, frame)) || FindPlace(Packed(surface, 0).TotalBytes, stream) is not { } place)
            {
                return;
            }

            place.Surface = Packed(surface, place.Memory);
            try
            {
                place.HoldWriter(stream);
                Copy(surface, place.Surface, stream);
                place.MarkWritten(stream);
            }
            catch
            {
                _free.Add(place);
                throw;
            }

            place.Key = (clip, frame);
            _places.Add((clip, frame), _order.AddFirst(place));
        }
    }

    /// <summary>Waits for the device and frees all; nobody reads any more.</summary>
    public void Dispose()
    {
        context.MakeCurrent();
        _slabs.ForEach(slab => slab.Dispose());
        _slabs.Clear();
        _places.Clear();
        _order.Clear();
        _free.Clear();
        Bytes = 0;
    }

    private static DeviceSurface Packed(in DeviceSurface surface, nint memory) =>
        surface.Packed(memory, (surface.Width + 1) / 2 * 2 * surface.SampleBytes);

    private static void Copy(in DeviceSurface source, in DeviceSurface packed, CudaStream stream)
    {
        nint target = packed.Pointer;
        foreach ((int first, int count) in source.RowBlocks)
        {
            nint from = source.Pointer + ((nint)first * source.PitchBytes);
            GpuStream.CopyRows(target, packed.PitchBytes, from, source.PitchBytes, packed.PitchBytes, count, stream.Handle);
            target += (nint)count * packed.PitchBytes;
        }
    }

    // Under the lock: a free place, one of a new slab while there is room, else that of the picture of this size used longest ago.
    private CachedFrame? FindPlace(long bytes, CudaStream stream)
    {
        int free = _free.FindIndex(place => place.Slab.PlaceBytes == bytes);
        if (free < 0 && MakeRoom(bytes))
        {
            DeviceSlab slab = new(context, bytes, PlacesOf(bytes), stream);
            _slabs.Add(slab);
            Bytes += slab.Bytes;
            free = _free.Count;
            _free.AddRange(slab.Places);
        }

        if (free >= 0)
        {
            CachedFrame place = _free[free];
            _free.RemoveAt(free);
            return place;
        }

        for (LinkedListNode<CachedFrame>? node = _order.Last; node is not null; node = node.Previous)
        {
            if (node.Value.Readers == 0 && node.Value.Slab.PlaceBytes == bytes)
            {
                Forget(node.Value);
                return node.Value;
            }
        }

        return null;
    }

    // Whether a slab may be added: slabs of other sizes go where there is none of this size yet.
    private bool MakeRoom(long bytes)
    {
        long needed = PlacesOf(bytes) * bytes;
        while (Bytes + needed > limitBytes && needed <= limitBytes && _slabs.All(slab => slab.PlaceBytes != bytes))
        {
            DeviceSlab? oldest = _order.Reverse().Select(place => place.Slab).Concat(_slabs)
                .FirstOrDefault(slab => slab.Places.All(place => place.Readers == 0));
            if (oldest is null)
            {
                return false;
            }

            foreach (CachedFrame place in oldest.Places.Where(place => place.Key is not null))
            {
                Forget(place);
            }

            _free.RemoveAll(place => place.Slab == oldest);
            _slabs.Remove(oldest);
            Bytes -= oldest.Bytes;
            oldest.Dispose();
        }

        return Bytes + needed <= limitBytes;
    }

    // Many in a slab, since the driver rounds up; but several slabs, so that sizes can share the limit.
    private int PlacesOf(long bytes) => (int)Math.Max(1, Math.Min(LargestSlabBytes, limitBytes / FewestSlabs) / bytes);

    private void Forget(CachedFrame place)
    {
        LinkedListNode<CachedFrame> node = _places[place.Key!.Value];
        _places.Remove(place.Key.Value);
        _order.Remove(node);
        place.Key = null;
    }
}
