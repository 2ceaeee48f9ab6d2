using SkiaSharp;

namespace Vsr.Plots.Gallery;

/// <summary>Finds the details where a picture is furthest from the truth: there methods differ.</summary>
internal static class CropChoice
{
    private const int Size = 96;
    private const int Step = 8;
    private const int CropsPerClip = 2;

    /// <summary>Details of the middle frame where bicubic enlargement loses most, which do not overlap, the worst first.</summary>
    /// <exception cref="ReportException">A picture cannot be read.</exception>
    public static IReadOnlyList<Crop> Choose(GalleryClip clip)
    {
        int frame = clip.FrameCount / 2;
        using SKBitmap truth = clip.ReadTruth(frame);
        using SKBitmap bicubic = clip.Read(GalleryMethod.Bicubic, frame);
        return Choose(clip.Name, frame, bicubic, truth, Math.Min(Size, Math.Min(clip.Width, clip.Height)));
    }

    internal static IReadOnlyList<Crop> Choose(string clip, int frame, SKBitmap picture, SKBitmap truth, int size)
    {
        double[,] sums = Sums(picture, truth);
        double ErrorIn(int x, int y, int width) => sums[y + size, x + width] - sums[y, x + width] - sums[y + size, x] + sums[y, x];
        List<Crop> crops = [];
        while (crops.Count < CropsPerClip)
        {
            (int X, int Y)[] free = [.. from y in Places(truth.Height, size)
                                        from x in Places(truth.Width, size)
                                        where crops.All(crop => Math.Abs(crop.X - x) >= size || Math.Abs(crop.Y - y) >= size)
                                        select (x, y)];
            if (free.Length == 0)
            {
                break;
            }

            (int left, int top) = free.MaxBy(place => ErrorIn(place.X, place.Y, size));
            int column = Enumerable.Range(left, size).MaxBy(x => ErrorIn(x, top, 1));
            crops.Add(new Crop(clip, left, top, size, frame, column));
        }

        return crops;
    }

    private static IEnumerable<int> Places(int length, int size)
    {
        for (int place = 0; place + size <= length; place += Step)
        {
            yield return place;
        }
    }

    /// <summary>Sums of the squared errors above and to the left of each pixel [H + 1, W + 1].</summary>
    private static double[,] Sums(SKBitmap picture, SKBitmap truth)
    {
        double[,] sums = new double[truth.Height + 1, truth.Width + 1];
        for (int y = 0; y < truth.Height; y++)
        {
            double row = 0;
            for (int x = 0; x < truth.Width; x++)
            {
                row += Luma.SquaredError(picture, truth, x, y);
                sums[y + 1, x + 1] = sums[y, x + 1] + row;
            }
        }

        return sums;
    }
}
