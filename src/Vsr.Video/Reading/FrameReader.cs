namespace Vsr.Video;

/// <summary>Reads frames of a video file exactly, in any order.</summary>
/// <remarks>
/// Frame i is the i-th picture that the decoder puts out when the file is decoded from its start; it is the same, bit for
/// bit, in whatever order frames are asked for. The reader seeks to the last start from which the frame decodes exactly
/// and decodes forward; it does not seek when decoding on is cheaper. One thread at a time; open a reader a thread.
/// </remarks>
public sealed class FrameReader : IDisposable
{
    private readonly string _path;
    private readonly FrameReaderOptions _options;
    private readonly Demuxer _demuxer;
    private readonly FrameIndexLoader _loader;
    private readonly FrameCache _cache;
    private DecoderChoice _decoder;
    private ReaderStatistics _earlier;
    private long _delivered;
    private bool _disposed;

    /// <summary>Opens a file and reads its index, from the cache where it has it.</summary>
    /// <exception cref="VideoFormatException">The file is no video, or no frame comes out of it.</exception>
    /// <exception cref="DecoderUnavailableException">
    /// FFmpeg has no decoder for the stream, or NVDEC was asked for and cannot decode it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FrameReader(string path, FrameReaderOptions? options = null)
    {
        _path = path;
        _options = options ?? new FrameReaderOptions();
        _options.Validate();
        _cache = new FrameCache(_options.MemoryLimitBytes);
        _demuxer = new Demuxer(path, _options.Stream);
        try
        {
            _loader = new FrameIndexLoader(_demuxer, path, _options);
            Index = _loader.Load();
            Stream = _demuxer.Info.Video with { VariableRate = Index.IsVariableRate };
            _decoder = DecoderChoice.Open(_demuxer, Index, path, _options);
        }
        catch
        {
            _demuxer.Dispose();
            throw;
        }
    }

    /// <summary>What is in the file.</summary>
    public VideoFileInfo Info => _demuxer.Info with { Video = Stream };

    /// <summary>The stream that is read.</summary>
    public VideoStreamInfo Stream { get; private set; }

    /// <summary>The frames and where they lie. Replaced when reading shows that the file is damaged.</summary>
    public FrameIndex Index { get; private set; }

    /// <summary>The number of frames.</summary>
    public int FrameCount => Index.FrameCount;

    /// <summary>What decodes the file: Software or Nvdec. It may become Software while reading, where Auto was asked for.</summary>
    public VideoDecoderKind DecoderInUse => _decoder.InUse;

    /// <summary>Why NVDEC is not used though there is a GPU and Auto was asked for; null otherwise.</summary>
    public string? FallbackReason => _decoder.FallbackReason;

    /// <summary>Why the frames of NVDEC may differ from those of software; null where they are the same.</summary>
    public string? DecoderNotice => _decoder.Notice;

    /// <summary>What the reader has done so far.</summary>
    public ReaderStatistics Statistics => new(
        _earlier.Seeks + _decoder.Stream.Seeks,
        _earlier.Packets + _decoder.Stream.Packets,
        _earlier.Decoded + _decoder.Stream.Decoded,
        _delivered);

    /// <summary>The bytes of decoded frames that the reader keeps.</summary>
    internal long CachedBytes => _cache.HeldBytes;

    /// <summary>Gives one frame, for the caller to dispose.</summary>
    /// <param name="index">0 to FrameCount - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="VideoFormatException">The frame cannot be decoded.</exception>
    public VideoFrame GetFrame(int index) => GetFrames([index])[0];

    /// <summary>Gives frames start, start + stride, ..., for the caller to dispose.</summary>
    /// <param name="start">The first frame.</param>
    /// <param name="count">How many frames, 0 or more.</param>
    /// <param name="stride">The distance of neighbouring frames, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A frame does not exist, or count or stride is out of its range.</exception>
    /// <exception cref="VideoFormatException">A frame cannot be decoded.</exception>
    public IReadOnlyList<VideoFrame> GetRange(int start, int count, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        int[] indices = new int[count];
        for (int i = 0; i < count; i++)
        {
            indices[i] = checked(start + (i * stride));
        }

        return GetFrames(indices);
    }

    /// <summary>Gives frames in the order of the list, in which they may repeat, for the caller to dispose.</summary>
    /// <remarks>The frames are decoded in ascending order, whatever the order of the list.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A frame does not exist.</exception>
    /// <exception cref="VideoFormatException">A frame cannot be decoded.</exception>
    public IReadOnlyList<VideoFrame> GetFrames(ReadOnlySpan<int> indices)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (true)
        {
            FrameIndex before = Index;
            Dictionary<int, VideoFrame> found = [];
            try
            {
                Check(indices);
                foreach (int index in Ascending(indices))
                {
                    VideoFrame? frame = Fetch(index);
                    if (frame is null)
                    {
                        break;
                    }

                    found.Add(index, frame);
                }

                if (ReferenceEquals(before, Index))
                {
                    return Deliver(indices, found);
                }
            }
            finally
            {
                foreach (VideoFrame frame in found.Values)
                {
                    frame.Dispose();
                }
            }
        }
    }

    /// <summary>Closes the file. Frames that the caller holds stay valid.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _cache.Dispose();
            _decoder.Stream.Dispose();
            _demuxer.Dispose();
        }
    }

    private static int[] Ascending(ReadOnlySpan<int> indices)
    {
        int[] sorted = indices.ToArray();
        Array.Sort(sorted);
        return [.. sorted.Distinct()];
    }

    private VideoFrame[] Deliver(ReadOnlySpan<int> indices, Dictionary<int, VideoFrame> found)
    {
        var frames = new VideoFrame[indices.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            // The last mention of a frame gets the frame itself, earlier ones share its pixels.
            frames[i] = found[indices[i]].Share();
        }

        _delivered += frames.Length;
        return frames;
    }

    private void Check(ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)FrameCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), index, $"{_path} has {FrameCount} frames, numbered from 0 to {FrameCount - 1}");
            }
        }
    }

    // Null: the index was replaced, and the call starts again with it.
    private VideoFrame? Fetch(int index)
    {
        if (_cache.Find(index) is { } kept)
        {
            return kept;
        }

        _decoder.Stream.Prepare(index);
        while (true)
        {
            StreamStep step = Step(index, out VideoFrame? frame);
            if (step == StreamStep.Frame)
            {
                bool wanted = frame!.Index == index;
                VideoFrame? result = wanted ? frame.Share() : null;
                _cache.Add(frame);
                if (wanted)
                {
                    return result;
                }
            }
            else if (_decoder.Stream.DistrustStart())
            {
                _decoder.Stream.Prepare(index);
            }
            else if (!Index.IsDecoded)
            {
                CompleteIndex();
                return null;
            }
            else
            {
                throw new VideoFormatException($"frame {index} does not decode again as it did before", _path) { Frame = index };
            }
        }
    }

    // What NVDEC cannot decode after all, software reads where Auto was asked for, which finds out what is wrong.
    private StreamStep Step(int index, out VideoFrame? frame)
    {
        try
        {
            return _decoder.Stream.Next(out frame);
        }
        catch (VsrException failure) when (DecoderInUse == VideoDecoderKind.Nvdec && _options.Decoder == VideoDecoderKind.Auto)
        {
            _demuxer.Rewind();
            UseSoftware(failure.Message);
            _decoder.Stream.Prepare(index);
            return _decoder.Stream.Next(out frame);
        }
    }

    private void CompleteIndex()
    {
        _cache.Clear();
        Index = _loader.Complete(Index);
        Stream = Stream with { VariableRate = Index.IsVariableRate };
        UseSoftware(FallbackReason);
    }

    private void UseSoftware(string? fallbackReason)
    {
        _earlier = Statistics;
        _decoder.Stream.Dispose();
        _decoder = DecoderChoice.Software(_demuxer, Index, _path, _options, fallbackReason);
    }
}
