using Vsr.Video;

namespace Vsr.Data;

/// <summary>Frames of an open video file as RGB, luma or YCbCr.</summary>
internal sealed class VideoClipReader(ClipInfo clip, FrameReaderOptions? options = null, DecoderTally? decoders = null) : IClipReader
{
    /// <summary>One decoding thread, since several files are read at a time; no frame is kept, since windows are random.</summary>
    public static readonly FrameReaderOptions Options = new() { Threads = 1, MemoryLimitBytes = 0 };

    private readonly FrameReader _reader = new(clip.Name, options ?? Options);

    /// <summary>What was decoded and delivered so far.</summary>
    public ReaderStatistics Statistics => _reader.Statistics;

    public long DecodedFrames => _reader.Statistics.Decoded;

    public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar) =>
        ReadSamples8(SampleColor.Rgb, firstFrame, count, stride, crop, planar);

    public void ReadSamples8(SampleColor color, int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
    {
        RequireFrames(firstFrame + (count - 1) * stride);
        IReadOnlyList<VideoFrame> frames = _reader.GetRange(firstFrame, count, stride);
        try
        {
            int frameBytes = color.Channels() * crop.Width * crop.Height;
            for (int t = 0; t < count; t++)
            {
                RequireSize(frames[t]);
                RgbConverter.ToSamples8(frames[t], color, crop, planar.Slice(t * frameBytes, frameBytes));
            }
        }
        finally
        {
            foreach (VideoFrame frame in frames)
            {
                frame.Dispose();
            }
        }
    }

    public void Dispose()
    {
        decoders?.Add(_reader);
        _reader.Dispose();
    }

    // Decoding may show that a file is damaged and has fewer frames than its packets promised.
    private void RequireFrames(int last)
    {
        if (last >= _reader.FrameCount)
        {
            throw new VideoFormatException($"has {_reader.FrameCount} frames, fewer than its index said ({clip.FrameCount})", clip.Name);
        }
    }

    private void RequireSize(VideoFrame frame)
    {
        if (frame.Width != clip.Width || frame.Height != clip.Height)
        {
            throw new VideoFormatException(
                $"changes its size from {clip.Width}x{clip.Height} to {frame.Width}x{frame.Height}", clip.Name)
            { Frame = frame.Index };
        }
    }
}
