using SkiaSharp;
using Vsr.Plots.Gallery;

namespace Vsr.Plots.Tests;

/// <summary>Tables of crops, crops that are chosen, and how tiles are laid out.</summary>
public sealed class GalleryCropTests
{
    [Fact]
    public void ATableIsReadByLinesAndSemicolonsAndNamesMayHaveBlanks() => Assert.Equal(
        [new Crop("blocks", 816, 64, 96, 48, 866), new Crop("my clip", 0, 1, 2, 3, 1), new Crop("c", 4, 5, 6, 7, 8)],
        Crop.ParseTable("blocks 816 64 96 48 866\n  my clip 0 1 2 3 1; c 4 5 6 7 8;\n\n"));

    [Fact]
    public void TheWorstDetailsAreChosenApartAndTheirWorstColumns()
    {
        using SKBitmap truth = Grey(100, 60), picture = Grey(100, 60);
        picture.SetPixel(70, 40, SKColors.White);     // far off
        picture.SetPixel(72, 41, SKColors.LightGray);
        picture.SetPixel(20, 10, new SKColor(150, 150, 150));
        IReadOnlyList<Crop> crops = CropChoice.Choose("clip", 7, picture, truth, 16);

        Assert.Equal(2, crops.Count);
        Assert.Equal(("clip", 16, 7, 70), (crops[0].Clip, crops[0].Size, crops[0].Frame, crops[0].Column));
        Assert.InRange(72, crops[0].X, crops[0].X + 15);
        Assert.InRange(41, crops[0].Y, crops[0].Y + 15);
        Assert.Equal(20, crops[1].Column);
        Assert.InRange(10, crops[1].Y, crops[1].Y + 15);
    }

    [Fact]
    public void LumaIsTheProtocols()
    {
        Assert.Equal(235, Luma.Of(SKColors.White), 1e-9);
        Assert.Equal(16, Luma.Of(SKColors.Black), 1e-9);
        Assert.Equal(16 + 65.481, Luma.Of(SKColors.Red), 1e-9);
        using SKBitmap truth = Grey(4, 4), picture = Grey(4, 4);
        Assert.Equal(100, Luma.PsnrDb(picture, truth));
        picture.SetPixel(1, 2, new SKColor(228, 228, 228));
        Assert.Equal(10 * Math.Log10(255.0 * 255 * 16 / Math.Pow(100 * 219 / 255.0, 2)), Luma.PsnrDb(picture, truth), 1e-9);
    }

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 3, 2)]
    [InlineData(6, 3, 2)]
    public void TilesAreSharedOutOverRowsNoWiderThanAPage(int tiles, int columns, int rows)
    {
        using SKBitmap picture = Grey(96, 96);
        using SKBitmap panel = TilePanel.Draw([.. Enumerable.Repeat(new Tile("full 31.24 dB", picture), tiles)], null);

        Assert.Equal((columns * 296) - 8, panel.Width);
        Assert.Equal((rows * (26 + 288 + 8)) - 8, panel.Height);
    }

    [Theory]
    [InlineData(96, 96, 3)]
    [InlineData(97, 40, 2)]
    [InlineData(40, 128, 2)]
    [InlineData(400, 400, 1)]
    public void MagnificationIsAWholeNumber(int width, int height, int expected) =>
        Assert.Equal(expected, TilePanel.MagnificationOf(width, height));

    private static SKBitmap Grey(int width, int height)
    {
        SKBitmap picture = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        picture.Erase(new SKColor(128, 128, 128));
        return picture;
    }
}
