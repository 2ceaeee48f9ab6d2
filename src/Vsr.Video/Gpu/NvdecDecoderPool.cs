namespace Vsr.Video;

/// <summary>Decoders of one GPU that are kept and reused across files, as making one costs 40 ms and destroying one 230 ms.</summary>
/// <remarks>Any thread. Dispose it after all decoders have come back and before the context.</remarks>
/// <param name="context">The GPU.</param>
/// <param name="limit">Most decoders at once, rented and idle ones together.</param>
/// <param name="options">How they work; null for the defaults.</param>
internal sealed class NvdecDecoderPool(GpuContext context, int limit, NvdecOptions? options = null) : IDisposable
{
    private readonly NvdecOptions _options = options ?? new NvdecOptions();
    private readonly object _lock = new();
    private readonly Dictionary<NvdecKey, (int Width, int Height)> _largest = [];

    // Idle decoders; the one used longest ago is first.
    private readonly List<NvdecDecoder> _idle = [];
    private int _count;
    private bool _disposed;

    /// <summary>The GPU of its decoders.</summary>
    public GpuContext Context => context;

    /// <summary>Decoders at present, rented and idle ones together.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Decoders made so far.</summary>
    public int Created { get; private set; }

    /// <summary>Gives a decoder for a clip: the one that read it last if that is idle.</summary>
    /// <inheritdoc cref="Rent(NvdecKey, int, int)"/>
    public NvdecDecoder Rent(NvdecClip clip) => Rent(clip.Key, clip.Stream.Width, clip.Stream.Height, clip.Feeder);

    /// <summary>Gives a decoder, for the caller to return. Waits for one to come back where the limit is reached.</summary>
    /// <exception cref="VsrException">None comes back within the deadline, or none can be made.</exception>
    public NvdecDecoder Rent(NvdecKey key, int width, int height) => Rent(key, width, height, owner: null);

    /// <summary>Tells the pool about a size before any decoder is made, so that all are made for it.</summary>
    public void Expect(NvdecKey key, int width, int height)
    {
        lock (_lock)
        {
            (int Width, int Height) before = _largest.GetValueOrDefault(key);
            _largest[key] = (Math.Max(before.Width, Coded(width)), Math.Max(before.Height, Coded(height)));
        }
    }

    /// <summary>Takes a decoder back; a broken one is thrown away.</summary>
    public void Return(NvdecDecoder decoder)
    {
        bool isKept;
        lock (_lock)
        {
            isKept = !decoder.IsBroken && !_disposed;
            if (isKept)
            {
                _idle.Add(decoder);
            }
            else
            {
                _count--;
            }

            Monitor.PulseAll(_lock);
        }

        if (!isKept)
        {
            decoder.Dispose();
        }
    }

    /// <summary>Destroys all idle decoders; those still rented are destroyed when they come back.</summary>
    public void Dispose()
    {
        List<NvdecDecoder> idle;
        lock (_lock)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
            _count -= idle.Count;
            Monitor.PulseAll(_lock);
        }

        foreach (NvdecDecoder decoder in idle)
        {
            decoder.Dispose();
        }
    }

    private static int Coded(int size) => (size + 15) / 16 * 16;

    private NvdecDecoder Rent(NvdecKey key, int width, int height, object? owner)
    {
        Expect(key, width, height);
        NvdecDecoder? evicted = null;
        (int Width, int Height) largest;
        lock (_lock)
        {
            long deadline = Environment.TickCount64 + _options.DeadlineMilliseconds;
            while (true)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (TakeIdle(key, owner) is { } kept)
                {
                    return kept;
                }

                if (_count < limit)
                {
                    break;
                }

                if (_idle.Count > 0)
                {
                    evicted = _idle[0];
                    _idle.RemoveAt(0);
                    _count--;
                    break;
                }

                if (!Monitor.Wait(_lock, (int)Math.Max(0, deadline - Environment.TickCount64)))
                {
                    throw new VsrException($"no decoder came back within {_options.DeadlineMilliseconds} ms; "
                        + $"all {limit} of GPU {context.Device} are in use");
                }
            }

            _count++;
            Created++;
            largest = _largest[key];
        }

        try
        {
            evicted?.Dispose();
            return new NvdecDecoder(context, key, largest.Width, largest.Height, _options);
        }
        catch
        {
            lock (_lock)
            {
                _count--;
                Monitor.PulseAll(_lock);
            }

            throw;
        }
    }

    // The owner's last one, else the one used longest ago, whose owner is least likely to go on with it.
    private NvdecDecoder? TakeIdle(NvdecKey key, object? owner)
    {
        int place = owner is null ? -1 : _idle.FindIndex(decoder => decoder.Key == key && ReferenceEquals(decoder.Owner, owner));
        place = place >= 0 ? place : _idle.FindIndex(decoder => decoder.Key == key);
        if (place < 0)
        {
            return null;
        }

        NvdecDecoder found = _idle[place];
        _idle.RemoveAt(place);
        return found;
    }
}
