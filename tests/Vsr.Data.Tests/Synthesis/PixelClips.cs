using Vsr.Video;

namespace Vsr.Data.Tests.Synthesis;

/// <summary>Clips whose pixels are given: uint8 [T, 3, H, W] each.</summary>
internal sealed class PixelClips(params (string Name, int Width, int Height, byte[][] Frames)[] clips) : IClipSource
{
    public IReadOnlyList<ClipInfo> Clips { get; } = [.. clips.Select(clip => new ClipInfo(clip.Name, clip.Frames.Length, clip.Width, clip.Height))];

    public IReadOnlyList<string> Warnings => [];

    public IClipReader Open(int clip) => new Reader(clips[clip].Width, clips[clip].Height, clips[clip].Frames);

    public void Dispose()
    {
    }

    /// <summary>Noisy pictures that grow brighter from frame to frame, and their reduction by the protocol; clip i is named i.</summary>
    public static PairedClips Pairs(int count, int width, int height, int frames, int scale)
    {
        List<(string, int, int, byte[][])> hr = [];
        List<(string, int, int, byte[][])> lr = [];
        for (int clip = 0; clip < count; clip++)
        {
            Random random = new(clip);
            FrameDegrader reduction = new(new ClipDegradation { Seed = 0, Name = "", Scale = scale, Crf = 0 }, width, height);
            byte[][] large = [.. Enumerable.Range(0, frames).Select(frame => Enumerable.Range(0, 3 * width * height)
                .Select(_ => (byte)(random.Next(60) + (180 * frame / frames))).ToArray())];
            byte[][] small = [.. large.Select((pixels, frame) =>
            {
                byte[] reduced = new byte[3 * reduction.Width * reduction.Height];
                reduction.Degrade(frame, pixels, reduced);
                return reduced;
            })];
            hr.Add(($"hr{clip}", width, height, large));
            lr.Add(($"lr{clip}", reduction.Width, reduction.Height, small));
        }

        return new PairedClips(
            new PixelClips([.. hr]),
            new PixelClips([.. lr]),
            [.. Enumerable.Range(0, count).Select(clip => new ClipPair($"hr{clip}", $"lr{clip}", frames, scale))],
            warning => Assert.Fail(warning));
    }

    private sealed class Reader(int width, int height, byte[][] frames) : IClipReader
    {
        public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
        {
            int at = 0;
            for (int t = 0; t < count; t++)
            {
                for (int row = 0; row < 3 * crop.Height; row++)
                {
                    int source = ((((row / crop.Height) * height) + crop.Y + (row % crop.Height)) * width) + crop.X;
                    frames[firstFrame + (t * stride)].AsSpan(source, crop.Width).CopyTo(planar[at..]);
                    at += crop.Width;
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
