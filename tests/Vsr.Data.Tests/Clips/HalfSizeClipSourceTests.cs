using CsCheck;
using Vsr.Video;

namespace Vsr.Data.Tests;

public class HalfSizeClipSourceTests
{
    [Theory]
    [InlineData(48, 36)]
    [InlineData(37, 21)]
    [InlineData(6, 4)]
    [InlineData(2, 2)]
    public void Frames_are_the_antialiased_cubic_of_the_definition(int width, int height)
    {
        using HalfSizeClipSource half = new(new NumberedClips((1, width, height)), _ => true);
        byte[] reduced = Read(half, PixelRect.Whole(width / 2, height / 2));
        for (int channel = 0; channel < 3; channel++)
        {
            double[,] expected = Reference(channel, width / 2, height / 2);
            for (int y = 0; y < height / 2; y++)
            {
                for (int x = 0; x < width / 2; x++)
                {
                    double exact = Math.Clamp(expected[y, x], 0, 255);
                    Assert.Equal(exact, reduced[(channel * (height / 2) + y) * (width / 2) + x], 0.5 + 1e-9);
                }
            }
        }
    }

    [Fact]
    public void A_crop_is_that_part_of_the_whole_frame()
    {
        using HalfSizeClipSource half = new(new NumberedClips((1, 41, 30)), _ => true);
        byte[] whole = Read(half, PixelRect.Whole(20, 15));
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 14], Gen.Int[1, 20], Gen.Int[1, 15]).Sample((left, top, w, h) =>
        {
            PixelRect crop = new(left, top, Math.Min(w, 20 - left), Math.Min(h, 15 - top));
            byte[] part = Read(half, crop);
            int i = 0;
            for (int plane = 0; plane < 3; plane++)
            {
                for (int y = crop.Y; y < crop.Y + crop.Height; y++)
                {
                    for (int x = crop.X; x < crop.X + crop.Width; x++)
                    {
                        Assert.Equal(whole[(plane * 15 + y) * 20 + x], part[i++]);
                    }
                }
            }
        }, iter: 100);
    }

    [Fact]
    public void Only_chosen_clips_are_reduced()
    {
        using HalfSizeClipSource half = new(new NumberedClips((1, 40, 30), (1, 40, 30)), clip => clip.Name == "clip1");
        Assert.Equal([(40, 30), (20, 15)], half.Clips.Select(clip => (clip.Width, clip.Height)));
        using IClipReader full = half.Open(0);
        byte[] pixels = new byte[3];
        full.ReadRgb8(0, 1, 1, new PixelRect(39, 29, 1, 1), pixels);
        Assert.Equal(NumberedClips.Pixel(0, 0, 2, 29, 39), pixels[2]);
    }

    private static byte[] Read(HalfSizeClipSource source, PixelRect crop)
    {
        byte[] planar = new byte[3 * crop.Width * crop.Height];
        using IClipReader reader = source.Open(0);
        reader.ReadRgb8(0, 1, 1, crop, planar);
        return planar;
    }

    // Keys' kernel stretched by two, evaluated in double at every distance, weights normalised, edges mirrored.
    private static double[,] Reference(int channel, int width, int height)
    {
        double[,] result = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                double weights = 0;
                for (int j = 2 * y - 4; j <= 2 * y + 5; j++)
                {
                    for (int i = 2 * x - 4; i <= 2 * x + 5; i++)
                    {
                        double weight = Cubic((j - 2 * y - 0.5) / 2) * Cubic((i - 2 * x - 0.5) / 2);
                        sum += weight * NumberedClips.Pixel(0, 0, channel, Mirror(j, 2 * height), Mirror(i, 2 * width));
                        weights += weight;
                    }
                }

                result[y, x] = sum / weights;
            }
        }

        return result;
    }

    private static double Cubic(double distance)
    {
        double d = Math.Abs(distance);
        return d <= 1 ? (1.5 * d - 2.5) * d * d + 1 : d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    }

    private static int Mirror(int index, int length)
    {
        int period = (index % (2 * length) + 2 * length) % (2 * length);
        return period < length ? period : 2 * length - 1 - period;
    }
}
