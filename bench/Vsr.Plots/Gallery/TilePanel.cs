using SkiaSharp;

namespace Vsr.Plots.Gallery;

/// <summary>A picture with what is written over it.</summary>
/// <param name="Label">A short line.</param>
/// <param name="Picture">All of a panel's are of one size.</param>
internal sealed record Tile(string Label, SKBitmap Picture);

/// <summary>Sets small pictures side by side, each pixel magnified to a square of whole pixels.</summary>
internal static class TilePanel
{
    /// <summary>Over each tile; at its lower end is the mark of the column.</summary>
    public const int LabelHeight = 26;

    /// <summary>Between tiles.</summary>
    public const int Gap = 8;

    private const int TileSize = 288, PanelWidth = 900;     // as wide as pages show pictures without reducing them
    private const int LeastCell = 136;                      // the longest label fits
    private const int MarkHeight = 5;

    /// <summary>Pixels a pixel, on each side.</summary>
    public static int MagnificationOf(int width, int height) => Math.Max(1, TileSize / Math.Max(width, height));

    /// <summary>Draws the panel; the caller's to dispose.</summary>
    /// <param name="tiles">Row by row; one at least.</param>
    /// <param name="markedColumn">A column of the pictures that is marked above them; null for none.</param>
    public static SKBitmap Draw(IReadOnlyList<Tile> tiles, int? markedColumn)
    {
        (int width, int height) = (tiles[0].Picture.Width, tiles[0].Picture.Height);
        int magnification = MagnificationOf(width, height);
        (int cellWidth, int cellHeight) = (Math.Max(LeastCell, width * magnification), LabelHeight + (height * magnification));
        int most = Math.Max(1, (PanelWidth + Gap) / (cellWidth + Gap));
        int rows = (tiles.Count + most - 1) / most;
        int columns = (tiles.Count + rows - 1) / rows;

        SKBitmap panel = new((columns * (cellWidth + Gap)) - Gap, (rows * (cellHeight + Gap)) - Gap, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKCanvas canvas = new(panel);
        using SKTypeface sans = SKTypeface.FromFamilyName("DejaVu Sans");
        using SKFont font = new(sans, 14);
        using SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };
        using SKPaint mark = new() { Color = SKColors.Red };
        canvas.Clear(SKColors.White);
        for (int i = 0; i < tiles.Count; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            (int left, int top) = (column * (cellWidth + Gap), row * (cellHeight + Gap));
            using SKImage image = SKImage.FromBitmap(tiles[i].Picture);
            canvas.DrawText(tiles[i].Label, left + 2, top + 15, SKTextAlign.Left, font, ink);
            canvas.DrawImage(
                image, SKRect.Create(left, top + LabelHeight, width * magnification, height * magnification), new SKSamplingOptions(SKFilterMode.Nearest));
            if (markedColumn is { } marked)
            {
                canvas.DrawRect(left + (marked * magnification), top + LabelHeight - MarkHeight, magnification, MarkHeight, mark);
            }
        }

        return panel;
    }
}
