using Vsr.Video;

namespace Vsr.Data;

/// <summary>
/// Delivers chosen clips at half size: soft or hard-compressed material has no detail at its own size, and teaches a network more
/// when reduced.
/// </summary>
/// <remarks>
/// Antialiased bicubic (a = -0.5, mirrored edges), rounded to 8 bit; odd sizes lose their last column or row first. A crop equals
/// that part of the whole reduced frame exactly.
/// </remarks>
public sealed class HalfSizeClipSource : IClipSource
{
    private readonly IClipSource _inner;
    private readonly bool[] _isHalf;

    /// <summary>Wraps a source.</summary>
    /// <param name="inner">The clips at full size; disposed with this object.</param>
    /// <param name="isHalf">Which clips to reduce.</param>
    public HalfSizeClipSource(IClipSource inner, Func<ClipInfo, bool> isHalf)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(isHalf);
        _inner = inner;
        _isHalf = [.. inner.Clips.Select(clip => clip.Width > 1 && clip.Height > 1 && isHalf(clip))];
        Clips = [.. inner.Clips.Zip(_isHalf, (clip, half) =>
            half ? clip with { Width = clip.Width / 2, Height = clip.Height / 2 } : clip)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ClipInfo> Clips { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _inner.Warnings;

    /// <inheritdoc/>
    public bool Delivers(SampleColor color) => _inner.Delivers(color);

    /// <inheritdoc/>
    public IClipReader Open(int clip)
    {
        IClipReader reader = _inner.Open(clip);
        return _isHalf[clip] ? new HalfSizeReader(reader, Clips[clip]) : reader;
    }

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();

    private sealed class HalfSizeReader(IClipReader inner, ClipInfo clip) : IClipReader
    {
        private readonly HalfSizeReduction _reduction = new();
        private byte[] _full = [];

        public long DecodedFrames => inner.DecodedFrames;

        public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar) =>
            ReadSamples8(SampleColor.Rgb, firstFrame, count, stride, crop, planar);

        public void ReadSamples8(SampleColor color, int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
        {
            HalfSizeAxis across = new(crop.X, crop.Width, 2 * clip.Width);
            HalfSizeAxis down = new(crop.Y, crop.Height, 2 * clip.Height);
            int planeBytes = across.Length * down.Length;
            int length = checked(color.Channels() * count * planeBytes);
            if (_full.Length < length)
            {
                _full = GC.AllocateUninitializedArray<byte>(length);
            }

            PixelRect region = new(across.Start, down.Start, across.Length, down.Length);
            inner.ReadSamples8(color, firstFrame, count, stride, region, _full.AsSpan(0, length));
            int reducedBytes = crop.Width * crop.Height;
            for (int plane = 0; plane < color.Channels() * count; plane++)
            {
                _reduction.Reduce(_full.AsSpan(plane * planeBytes, planeBytes), across, down,
                    planar.Slice(plane * reducedBytes, reducedBytes));
            }
        }

        public void Dispose() => inner.Dispose();
    }
}
