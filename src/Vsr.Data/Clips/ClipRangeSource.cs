using Vsr.Video;

namespace Vsr.Data;

/// <summary>Shows parts of clips as clips of their own. Parts of one file share its index, and a loader opens it once for them all.</summary>
/// <remarks>Frames of a part count from 0; <see cref="SampleInfo.Frames"/> and timestamps are those of the file.</remarks>
public sealed class ClipRangeSource : IClipSource
{
    private readonly ClipRange[] _ranges;

    /// <summary>Wraps a source.</summary>
    /// <param name="inner">The whole clips; disposed with this object.</param>
    /// <param name="ranges">The parts, in the order in which they become clips. They may overlap; a clip may have none.</param>
    /// <param name="warnings">Lines to add to the inner source's; null for none.</param>
    /// <exception cref="ArgumentException">A range is empty or not inside its clip.</exception>
    public ClipRangeSource(IClipSource inner, IReadOnlyList<ClipRange> ranges, IReadOnlyList<string>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(ranges);
        Inner = inner;
        _ranges = [.. ranges];
        Clips = [.. ranges.Select(range => Describe(range, nameof(ranges)))];
        Warnings = [.. inner.Warnings, .. warnings ?? []];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ClipInfo> Clips { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The whole clips.</summary>
    internal IClipSource Inner { get; }

    /// <inheritdoc/>
    public bool Delivers(SampleColor color) => Inner.Delivers(color);

    /// <inheritdoc/>
    public IClipReader Open(int clip) => new RangeReader(Inner.Open(_ranges[clip].Clip), _ranges[clip].FirstFrame);

    /// <inheritdoc/>
    public void Dispose() => Inner.Dispose();

    /// <summary>Where a frame of a part is in <see cref="Inner"/>.</summary>
    internal (int Clip, int Frame) Locate(int clip, int frame) => (_ranges[clip].Clip, _ranges[clip].FirstFrame + frame);

    private ClipInfo Describe(ClipRange range, string parameter)
    {
        if ((uint)range.Clip >= (uint)Inner.Clips.Count)
        {
            throw new ArgumentException($"there is no clip {range.Clip}; there are {Inner.Clips.Count}, counted from 0", parameter);
        }

        ClipInfo clip = Inner.Clips[range.Clip];
        if (range.FirstFrame < 0 || range.FrameCount < 1 || range.FirstFrame > clip.FrameCount - range.FrameCount)
        {
            throw new ArgumentException($"{range.FrameCount} frames from frame {range.FirstFrame} on are no part of {clip.Name}, "
                + $"which has {clip.FrameCount}; give one frame or more inside the clip", parameter);
        }

        return clip with
        {
            FrameCount = range.FrameCount,
            FirstFrame = clip.FirstFrame + range.FirstFrame,
            Label = range.Label ?? clip.Label,
        };
    }

    private sealed class RangeReader(IClipReader inner, int offset) : IClipReader
    {
        public long DecodedFrames => inner.DecodedFrames;

        public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar) =>
            inner.ReadRgb8(offset + firstFrame, count, stride, crop, planar);

        public void ReadSamples8(SampleColor color, int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar) =>
            inner.ReadSamples8(color, offset + firstFrame, count, stride, crop, planar);

        public void Dispose() => inner.Dispose();
    }
}
