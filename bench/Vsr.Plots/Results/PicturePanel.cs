using SkiaSharp;

namespace Vsr.Plots.Results;

/// <summary>Sets a detail of one frame side by side: input, bicubic, what the networks make of it, truth.</summary>
internal static class PicturePanel
{
    private const int DetailWidth = 240, DetailHeight = 180;
    private const int Gap = 4, LabelHeight = 20;
    private const int SearchStep = 20;
    private const int Scale = 4;

    /// <summary>Writes the panel as .png.</summary>
    /// <param name="panels">Labels and pictures, the input first and the truth last; the input is shown pixel by pixel.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ReportException">A picture cannot be read.</exception>
    public static void Write(IReadOnlyList<(string Label, string Picture)> panels, string path)
    {
        SKBitmap[] pictures = [.. panels.Select(panel => Decode(panel.Picture))];
        try
        {
            SKRectI detail = BusiestDetail(pictures[^1]);
            SKImageInfo info = new((panels.Count * (detail.Width + Gap)) - Gap, detail.Height + LabelHeight);
            using SKSurface surface = SKSurface.Create(info);
            SKCanvas canvas = surface.Canvas;
            canvas.Clear(SKColors.White);
            using SKFont font = new(SKTypeface.Default, 13);
            using SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };
            for (int i = 0; i < panels.Count; i++)
            {
                int left = i * (detail.Width + Gap);
                using SKImage image = SKImage.FromBitmap(pictures[i]);
                canvas.DrawText(panels[i].Label, left + 2, 14, SKTextAlign.Left, font, ink);
                canvas.DrawImage(
                    image, SourceOf(detail, image.Width * Scale == pictures[^1].Width), SKRect.Create(left, LabelHeight, detail.Width, detail.Height),
                    new SKSamplingOptions(SKFilterMode.Nearest));
            }

            using SKImage whole = surface.Snapshot();
            using SKData png = whole.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(path, png.ToArray());
        }
        finally
        {
            Array.ForEach(pictures, picture => picture.Dispose());
        }
    }

    private static SKRect SourceOf(SKRectI detail, bool isSmall) => isSmall
        ? new(detail.Left / Scale, detail.Top / Scale, detail.Right / Scale, detail.Bottom / Scale)
        : detail;

    private static SKBitmap Decode(string path) =>
        SKBitmap.Decode(path) ?? throw new ReportException($"{path} is no picture, or is not there");

    /// <summary>The detail with the most contrast between neighbours: flat places show no difference.</summary>
    internal static SKRectI BusiestDetail(SKBitmap picture)
    {
        int width = Math.Min(DetailWidth, picture.Width / Scale * Scale);
        int height = Math.Min(DetailHeight, picture.Height / Scale * Scale);
        (long Contrast, SKRectI Detail) best = (-1, default);
        for (int top = 0; top + height <= picture.Height; top += SearchStep)
        {
            for (int left = 0; left + width <= picture.Width; left += SearchStep)
            {
                SKRectI detail = SKRectI.Create(left, top, width, height);
                long contrast = Contrast(picture, detail);
                best = contrast > best.Contrast ? (contrast, detail) : best;
            }
        }

        return best.Detail;
    }

    private static long Contrast(SKBitmap picture, SKRectI detail)
    {
        long sum = 0;
        for (int y = detail.Top; y < detail.Bottom - 2; y += 2)
        {
            for (int x = detail.Left; x < detail.Right - 2; x += 2)
            {
                int green = picture.GetPixel(x, y).Green;
                sum += Math.Abs(green - picture.GetPixel(x + 2, y).Green) + Math.Abs(green - picture.GetPixel(x, y + 2).Green);
            }
        }

        return sum;
    }
}
