namespace Vsr.Video;

/// <summary>Frames of a file by way of the GPU's decoder, copied to the host.</summary>
internal sealed class NvdecFrameStream : IFrameStream
{
    // Reading in order goes ahead, so that engine and copies have work; up to so much, and so many bytes of surfaces.
    private const int MostAhead = 8;
    private const long MostAheadBytes = 64L << 20;

    private readonly NvdecClip _clip;
    private readonly NvdecDecoderPool _pool;
    private readonly bool _ownsPool;
    private readonly SurfaceDownload _download;
    private readonly Queue<VideoFrame> _ready = [];
    private readonly int _mostAhead;
    private int _wanted;
    private int _expected = -1;
    private int _ahead = 1;

    /// <param name="demuxer">The open file, which this one does not own.</param>
    /// <param name="index">Its index.</param>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="pool">Where decoders come from.</param>
    /// <param name="ownsPool">Whether to dispose the pool and its context, too.</param>
    public NvdecFrameStream(Demuxer demuxer, FrameIndex index, string path, NvdecDecoderPool pool, bool ownsPool)
    {
        _pool = pool;
        _ownsPool = ownsPool;
        _clip = new NvdecClip(demuxer, index, path);
        _download = new SurfaceDownload(pool.Context);
        long surfaceBytes = 3L * _clip.Stream.Width * _clip.Stream.Height * (_clip.Key.BitDepth > 8 ? 2 : 1);
        _mostAhead = (int)Math.Clamp(MostAheadBytes / Math.Max(surfaceBytes, 1), 1, MostAhead);
    }

    public long Seeks => _clip.Statistics.Seeks;

    public long Packets => _clip.Statistics.Packets;

    public long Decoded => _clip.Statistics.Decoded;

    /// <inheritdoc/>
    public void Prepare(int frame)
    {
        while (_ready.TryPeek(out VideoFrame? ready) && ready.Index != frame)
        {
            _ready.Dequeue().Dispose();
        }

        if (_ready.Count == 0)
        {
            _ahead = frame == _expected ? Math.Min(_ahead * 2, _mostAhead) : 1;
        }

        _wanted = frame;
    }

    /// <inheritdoc/>
    public StreamStep Next(out VideoFrame? frame)
    {
        frame = null;
        if (_ready.Count == 0)
        {
            if (_wanted >= _clip.Index.FrameCount)
            {
                return StreamStep.End;
            }

            Read(_wanted, Math.Min(_ahead, _clip.Index.FrameCount - _wanted));
        }

        frame = _ready.Dequeue();
        _expected = frame.Index + 1;
        _wanted = _expected;
        return StreamStep.Frame;
    }

    /// <inheritdoc/>
    public bool DistrustStart() => false;

    public void Dispose()
    {
        while (_ready.TryDequeue(out VideoFrame? frame))
        {
            frame.Dispose();
        }

        _download.Dispose();
        _clip.Dispose();
        if (_ownsPool)
        {
            _pool.Dispose();
            _pool.Context.Dispose();
        }
    }

    private void Read(int first, int count)
    {
        NvdecDecoder decoder = _pool.Rent(_clip);
        try
        {
            int[] numbers = [.. Enumerable.Range(first, count)];
            foreach (VideoFrame frame in _download.Read(_clip, decoder, numbers))
            {
                _ready.Enqueue(frame);
            }
        }
        finally
        {
            _pool.Return(decoder);
        }
    }
}
