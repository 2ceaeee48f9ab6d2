namespace Vsr.Video;

/// <summary>The frames of a video file's first video stream, converted by <see cref="RgbConverter"/>, before rotation.</summary>
public sealed class VideoFrameSource : IFrameSource
{
    private readonly FrameReader _reader;

    /// <summary>Opens the file and reads or makes its index.</summary>
    /// <exception cref="VideoFormatException">The file has no video.</exception>
    /// <exception cref="VsrException">The file cannot be read.</exception>
    public VideoFrameSource(string path, FrameReaderOptions? options = null)
    {
        _reader = new FrameReader(path, options);
        Name = Path.GetFileNameWithoutExtension(path);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int FrameCount => _reader.FrameCount;

    /// <inheritdoc/>
    public int Width => _reader.Stream.Width;

    /// <inheritdoc/>
    public int Height => _reader.Stream.Height;

    /// <summary>The reader below, for its times and statistics; owned by this source.</summary>
    public FrameReader Reader => _reader;

    /// <inheritdoc/>
    public void ReadRgb8(int index, Span<byte> planar)
    {
        using VideoFrame frame = _reader.GetFrame(index);
        if (frame.Width != Width || frame.Height != Height)
        {
            throw new VideoFormatException($"frame {index} is {frame.Width}x{frame.Height}, the stream "
                + $"{Width}x{Height}; re-encode the file to one size", Name)
            { Frame = index };
        }

        RgbConverter.ToRgb8(frame, null, planar);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.Dispose();
}
