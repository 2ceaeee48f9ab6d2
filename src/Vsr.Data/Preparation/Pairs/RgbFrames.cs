using Vsr.Video;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>Reads the frames of a clip in order as planar RGB, with their times.</summary>
internal sealed class RgbFrames : IDisposable
{
    private static readonly Rational PictureTime = new(1, 25);

    private readonly IFrameSource _source;
    private readonly FrameReader? _reader;
    private FrameIndex? _index;
    private RisingTimes? _times;

    /// <exception cref="VsrException">The clip cannot be read, or has no frames.</exception>
    public RgbFrames(string path, int threads)
    {
        _source = FrameSource.Open(path, new FrameReaderOptions { MemoryLimitBytes = 0, Threads = threads });
        _reader = (_source as VideoFrameSource)?.Reader;
        if (_source.FrameCount == 0)
        {
            Dispose();
            throw new VsrException($"{path} has no frames");
        }

        Number();
    }

    /// <summary>How many there are.</summary>
    public int Count => _source.FrameCount;

    /// <summary>Their width.</summary>
    public int Width => _source.Width;

    /// <summary>Their height.</summary>
    public int Height => _source.Height;

    /// <summary>The unit of the times.</summary>
    public Rational TimeBase => _reader is { Stream.TimeBase.IsKnown: true } ? _reader.Stream.TimeBase : PictureTime;

    /// <summary>Frames a second; null where the file does not say.</summary>
    public Rational? FrameRate => _reader is null ? new Rational(PictureTime.Denominator, PictureTime.Numerator) : _reader.Stream.AverageRate;

    /// <summary>When a frame is shown, from the first one on, in ticks.</summary>
    public long PtsTicks(int frame) => _times is null ? frame : _times.PtsTicks(frame) - _times.PtsTicks(0);

    /// <summary>How long it is shown, in ticks.</summary>
    public long DurationTicks(int frame) => _times?.DurationTicks(frame) ?? 1;

    /// <summary>Reads a frame.</summary>
    /// <returns>False where reading showed the file to be damaged and its frames were numbered anew: the caller starts over.</returns>
    public bool TryRead(int frame, Span<byte> planar)
    {
        try
        {
            _source.ReadRgb8(frame, planar);
        }
        catch (ArgumentOutOfRangeException) when (IsNumberedAnew && Count > 0)
        {
            // the frame is gone
        }

        if (!IsNumberedAnew)
        {
            return true;
        }

        Number();
        return false;
    }

    public void Dispose() => _source.Dispose();

    private bool IsNumberedAnew => _reader is not null && !ReferenceEquals(_index, _reader.Index);

    private void Number()
    {
        _index = _reader?.Index;
        _times = _reader is null ? null : RisingTimes.Of(_reader.Index, _reader.Stream);
    }
}
