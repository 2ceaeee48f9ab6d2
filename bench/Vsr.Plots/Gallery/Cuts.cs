using SkiaSharp;

namespace Vsr.Plots.Gallery;

/// <summary>Cuts details and columns out of frames, pixel by pixel.</summary>
internal static class Cuts
{
    /// <summary>A method's detail, or the truth's [SIZE, SIZE]; the caller's to dispose.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="crop">The detail, which lies within the clip.</param>
    /// <param name="method">The method's name; null for the truth.</param>
    /// <exception cref="ReportException">A picture cannot be read.</exception>
    public static SKBitmap Detail(GalleryClip clip, Crop crop, string? method)
    {
        using SKBitmap frame = Read(clip, method, crop.Frame);
        SKBitmap detail = new(crop.Size, crop.Size);
        for (int y = 0; y < crop.Size; y++)
        {
            for (int x = 0; x < crop.Size; x++)
            {
                detail.SetPixel(x, y, frame.GetPixel(crop.X + x, crop.Y + y));
            }
        }

        return detail;
    }

    /// <summary>The crop's column in its lines over time, frame t at x = t - first [frames, SIZE]; the caller's to dispose.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="crop">The detail, which lies within the clip.</param>
    /// <param name="method">The method's name; null for the truth.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="count">How many frames.</param>
    /// <exception cref="ReportException">A picture cannot be read.</exception>
    public static SKBitmap ColumnOverTime(GalleryClip clip, Crop crop, string? method, int first, int count)
    {
        SKBitmap profile = new(count, crop.Size);
        for (int t = 0; t < count; t++)
        {
            using SKBitmap frame = Read(clip, method, first + t);
            for (int y = 0; y < crop.Size; y++)
            {
                profile.SetPixel(t, y, frame.GetPixel(crop.Column, crop.Y + y));
            }
        }

        return profile;
    }

    private static SKBitmap Read(GalleryClip clip, string? method, int frame) =>
        method is null ? clip.ReadTruth(frame) : clip.Read(method, frame);
}
