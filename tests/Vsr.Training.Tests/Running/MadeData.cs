using Vsr.Video;

namespace Vsr.Training.Tests.Running;

/// <summary>Clips and pictures of moving waves, for whole runs.</summary>
internal static class MadeData
{
    /// <summary>Writes a clip.</summary>
    public static void WriteClip(string path, int phase = 0, int frames = 24, int width = 128, int height = 96)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using VideoWriter writer = new(path, new VideoWriterOptions { Width = width, Height = height, Crf = 10, Overwrite = true });
        for (int frame = 0; frame < frames; frame++)
        {
            writer.Write(Waves(width, height, frame + phase), frame);
        }

        writer.Finish();
    }

    /// <summary>Writes a photograph of 160x128.</summary>
    public static void WriteStill(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PictureFile.Write(path, RgbImage.FromRgb8(160, 128, Waves(160, 128, 3)));
    }

    private static byte[] Waves(int width, int height, int phase)
    {
        byte[] picture = new byte[3 * width * height];
        for (int i = 0; i < picture.Length; i++)
        {
            (int channel, int pixel) = Math.DivRem(i, width * height);
            (int y, int x) = Math.DivRem(pixel, width);
            picture[i] = (byte)(128 + (100 * Math.Sin((0.31 * (x + phase)) + channel) * Math.Cos(0.23 * y)));
        }

        return picture;
    }
}
