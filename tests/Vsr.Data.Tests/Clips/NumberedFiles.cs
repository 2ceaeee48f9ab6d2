using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

/// <summary>Writes clips of <see cref="NumberedClips"/> into files without loss: clip0.mkv, clip1.mkv ...</summary>
internal static class NumberedFiles
{
    public static string[] Write(TemporaryFolder folder, params (int Frames, int Width, int Height)[] clips)
    {
        string[] paths = new string[clips.Length];
        for (int clip = 0; clip < clips.Length; clip++)
        {
            (int frames, int width, int height) = clips[clip];
            paths[clip] = folder.File($"clip{clip}.mkv");
            VideoWriterOptions options = new()
            {
                Width = width,
                Height = height,
                Codec = "libx264rgb",
                PixelFormat = "rgb24",
                GroupSize = 7,
                BFrames = 2,
                Threads = 1,
                EncoderOptions = new Dictionary<string, string> { ["qp"] = "0" }, // lossless
            };
            using VideoWriter writer = new(paths[clip], options);
            for (int frame = 0; frame < frames; frame++)
            {
                writer.Write(Picture(clip, frame, width, height), frame, durationTicks: 1);
            }

            writer.Finish();
        }

        return paths;
    }

    public static byte[] Picture(int clip, int frame, int width, int height)
    {
        byte[] planar = new byte[3 * width * height];
        for (int i = 0; i < planar.Length; i++)
        {
            (int row, int x) = Math.DivRem(i, width);
            (int channel, int y) = Math.DivRem(row, height);
            planar[i] = NumberedClips.Pixel(clip, frame, channel, y, x);
        }

        return planar;
    }
}
