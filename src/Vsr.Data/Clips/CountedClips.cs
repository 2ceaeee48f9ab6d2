using Vsr.Video;

namespace Vsr.Data;

/// <summary>Clips whose reading is counted. The clips stay their owner's.</summary>
/// <param name="source">The clips.</param>
/// <param name="cacheBytes">Decoded frames that a reader of a video file keeps.</param>
/// <remarks>Readers of several threads add to the same counts.</remarks>
internal sealed class CountedClips(IClipSource source, long cacheBytes = 0) : IClipSource
{
    private long _decoded;
    private long _delivered;

    /// <summary>Frames that decoders put out.</summary>
    public long Decoded => Interlocked.Read(ref _decoded);

    /// <summary>Frames given to those who asked.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <inheritdoc/>
    public IReadOnlyList<ClipInfo> Clips => source.Clips;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => source.Warnings;

    /// <inheritdoc/>
    public bool Delivers(SampleColor color) => source.Delivers(color);

    /// <inheritdoc/>
    public IClipReader Open(int clip) => new Reader(
        this, source is VideoClipSource files ? files.Open(clip, cacheBytes) : source.Open(clip));

    /// <summary>Does nothing: the clips are their owner's.</summary>
    public void Dispose()
    {
    }

    private sealed class Reader(CountedClips counts, IClipReader inner) : IClipReader
    {
        public long DecodedFrames => inner.DecodedFrames;

        public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar) =>
            ReadSamples8(SampleColor.Rgb, firstFrame, count, stride, crop, planar);

        public void ReadSamples8(SampleColor color, int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
        {
            long before = inner.DecodedFrames;
            try
            {
                inner.ReadSamples8(color, firstFrame, count, stride, crop, planar);
                Interlocked.Add(ref counts._delivered, count);
            }
            finally
            {
                Interlocked.Add(ref counts._decoded, inner.DecodedFrames - before);
            }
        }

        public void Dispose() => inner.Dispose();
    }
}
