using Vsr.Video;

namespace Vsr.Data.Tests;

/// <summary>
/// Clips whose pixels are a formula of clip, frame, channel and place, so that a sample's content can be checked without any decoder.
/// Can fail, wait and count on demand.
/// </summary>
internal sealed class NumberedClips : IClipSource
{
    private int _open;
    private int _mostOpen;

    public NumberedClips(params (int Frames, int Width, int Height)[] clips) =>
        Clips = [.. clips.Select((clip, i) => new ClipInfo($"clip{i}", clip.Frames, clip.Width, clip.Height))];

    public IReadOnlyList<ClipInfo> Clips { get; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Called with clip and first frame before each read, by the reading thread.</summary>
    public Action<int, int>? BeforeRead { get; init; }

    public int OpenReaders => _open;

    public int MostOpenReaders => _mostOpen;

    public static byte Pixel(int clip, int frame, int channel, int y, int x) =>
        (byte)(31 * clip + 7 * frame + 85 * channel + 3 * y + 5 * x + x * y / 7);

    public IClipReader Open(int clip)
    {
        int open = Interlocked.Increment(ref _open);
        InterlockedMax(open);
        return new Reader(this, clip);
    }

    public void Dispose()
    {
    }

    private void InterlockedMax(int value)
    {
        for (int seen = _mostOpen; value > seen; seen = _mostOpen)
        {
            Interlocked.CompareExchange(ref _mostOpen, value, seen);
        }
    }

    private sealed class Reader(NumberedClips clips, int clip) : IClipReader
    {
        private int _inUse;

        public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
        {
            Assert.Equal(1, Interlocked.Increment(ref _inUse)); // one thread at a time
            clips.BeforeRead?.Invoke(clip, firstFrame);
            Assert.Equal(count * 3 * crop.Width * crop.Height, planar.Length);
            Assert.InRange(crop.X, 0, clips.Clips[clip].Width - crop.Width);
            Assert.InRange(crop.Y, 0, clips.Clips[clip].Height - crop.Height);
            int i = 0;
            for (int t = 0; t < count; t++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    for (int y = crop.Y; y < crop.Y + crop.Height; y++)
                    {
                        for (int x = crop.X; x < crop.X + crop.Width; x++)
                        {
                            planar[i++] = Pixel(clip, firstFrame + t * stride, channel, y, x);
                        }
                    }
                }
            }

            Interlocked.Decrement(ref _inUse); // not after a failure: a reader that failed is not used again
        }

        public void Dispose() => Interlocked.Decrement(ref clips._open);
    }
}
