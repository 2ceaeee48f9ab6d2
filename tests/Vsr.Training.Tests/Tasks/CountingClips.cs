using Vsr.Data;
using Vsr.Video;

namespace Vsr.Training.Tests.Tasks;

/// <summary>Clips whose pixels say which clip and frame they are of: 100 times the clip plus the frame.</summary>
internal sealed class CountingClips(int clips, int frames, int size) : IClipSource
{
    public IReadOnlyList<ClipInfo> Clips { get; } =
        [.. Enumerable.Range(0, clips).Select(clip => new ClipInfo($"clip {clip}", frames, size, size))];

    public IReadOnlyList<string> Warnings => [];

    public IClipReader Open(int clip) => new Reader(clip);

    public void Dispose()
    {
    }

    private sealed class Reader(int clip) : IClipReader
    {
        public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
        {
            int frameBytes = planar.Length / count;
            for (int i = 0; i < count; i++)
            {
                planar.Slice(i * frameBytes, frameBytes).Fill((byte)((100 * clip) + firstFrame + (i * stride)));
            }
        }

        public void Dispose()
        {
        }
    }
}
