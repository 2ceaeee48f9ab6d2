using SkiaSharp;
using Vsr.Plots.Gallery;

namespace Vsr.Plots.Tests;

/// <summary>The pictures hold the frames' own pixels, and the page the figures that follow from them.</summary>
public sealed class GalleryReportTests : IDisposable
{
    // 16 pixels a side are magnified 18 times.
    private const int Magnification = 18, Tile = 16 * Magnification;

    private readonly MadeGallery _gallery = new();

    public void Dispose() => _gallery.Dispose();

    [Fact]
    public void EveryPixelOfADetailIsASquareOfItsColourBesideTheTruth()
    {
        Fill();
        using SKBitmap panel = _gallery.ReadImage("gallery-clip-1.png");

        Assert.Equal(((3 * (Tile + TilePanel.Gap)) - TilePanel.Gap, TilePanel.LabelHeight + Tile), (panel.Width, panel.Height));
        for (int i = 0; i < 16 * 16; i++)
        {
            (int x, int y) = (i % 16, i / 16);
            SKColor truth = MadeGallery.Truth(2, 8 + x, 4 + y);
            SKColor[] expected = [Lighter(truth, 20), Lighter(truth, 5), truth];
            for (int tile = 0; tile < 3; tile++)
            {
                (int left, int top) = ((tile * (Tile + TilePanel.Gap)) + (x * Magnification), TilePanel.LabelHeight + (y * Magnification));
                Assert.Equal(expected[tile], panel.GetPixel(left, top));
                Assert.Equal(expected[tile], panel.GetPixel(left + Magnification - 1, top + Magnification - 1));
            }
        }
    }

    [Fact]
    public void TheColumnIsMarkedAndFollowedFrameByFrame()
    {
        Fill();
        using SKBitmap panel = _gallery.ReadImage("gallery-clip-1.png");
        using SKBitmap profile = _gallery.ReadImage("gallery-clip-1-time.png");

        int mark = (11 - 8) * Magnification;
        Assert.Equal(
            [SKColors.White, SKColors.Red, SKColors.Red, SKColors.White],
            new[] { mark - 1, mark, mark + Magnification - 1, mark + Magnification }.Select(x => panel.GetPixel(x, TilePanel.LabelHeight - 1)));

        // 4 frames are narrower than the label over them
        int cell = (profile.Width + TilePanel.Gap) / 3;
        Assert.True(cell - TilePanel.Gap > 4 * Magnification);
        Assert.Equal(TilePanel.LabelHeight + Tile, profile.Height);
        for (int frame = 0; frame < 4; frame++)
        {
            for (int y = 0; y < 16; y++)
            {
                SKColor truth = MadeGallery.Truth(frame, 11, 4 + y);
                (int x, int top) = ((frame * Magnification) + 9, TilePanel.LabelHeight + (y * Magnification) + 9);
                Assert.Equal([Lighter(truth, 20), Lighter(truth, 5), truth], new[] { 0, 1, 2 }.Select(tile => profile.GetPixel(x + (tile * cell), top)));
            }
        }

        Assert.Equal(SKColors.White, profile.GetPixel(4 * Magnification, TilePanel.LabelHeight + 9));
    }

    [Fact]
    public void LabelsAreWrittenOverTheirTilesAndNothingElse()
    {
        Assert.SkipUnless(SKFontManager.Default.FontFamilies.Any(), "needs a font");
        Fill();
        using SKBitmap panel = _gallery.ReadImage("gallery-clip-1.png");

        int[] darkest = [.. Enumerable.Range(0, 3).Select(tile => Enumerable.Range(0, 100 * 20)
            .Min(i => (int)panel.GetPixel((tile * (Tile + TilePanel.Gap)) + (i % 100), i / 100).Green))];
        Assert.All(darkest, green => Assert.InRange(green, 0, 100));
        Assert.All(Enumerable.Range(0, TilePanel.LabelHeight + Tile), y => Assert.Equal(SKColors.White, panel.GetPixel(Tile + 1, y)));
    }

    [Fact]
    public void ThePageHasThePsnrOfEachDetailAndSaysWhatIsMissing()
    {
        Fill();

        // 20 levels of grey are 20 * 219 / 255 of luma: 10 log10(255^2 / 17.176^2)
        Assert.Contains("| bicubic | 31.250 | 0.8750 | 23.43 | 23.43 |", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("| full | 31.250 | 0.8750 | 35.47 | 35.47 |", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("left out: vsrnet, fast.", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("| full | made up; full.safetensors, SHA-256 0123456789ab... |", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("4 frames of 48x36. from somewhere, CC0.\n", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("(images/gallery-clip-1.png)", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("(images/gallery-clip-1-time.png)", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("| device | Test GPU, driver 570.1 |", _gallery.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(_gallery.Path, _gallery.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void PicturesOfAnEarlierGalleryAreRemoved()
    {
        _gallery.Write("docs/images/gallery-old-1.png", "of an earlier gallery");
        _gallery.Write("docs/images/training-flow.png", "another's");
        Fill();

        Assert.Equal(
            ["gallery-clip-1-time.png", "gallery-clip-1.png", "training-flow.png"],
            Directory.GetFiles(Path.Combine(_gallery.Docs, "images")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AClipWithoutCropsGetsThoseWhereBicubicLosesMostAndOneWithoutCreditIsNotToBePublished()
    {
        _gallery.AddMethod("bicubic", 20);
        _gallery.AddMethod("bicubic", 20, clip: "new one");
        _gallery.Describe("bicubic", "clip 8 4 16 2 11");
        GalleryReport.Write(_gallery.Path, _gallery.Docs);

        Assert.Contains("## new one", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("not to be published. The details are where bicubic enlargement loses most", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("(images/gallery-new%20one-1.png)", _gallery.Page, StringComparison.Ordinal);
        Assert.Contains("Frame 2, 36x36 pixels from (0, 0)", _gallery.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clip 40 4 16 2 41", "exceeds the frame 48x36")]
    [InlineData("clip 8 30 16 2 11", "exceeds the frame 48x36")]
    [InlineData("clip 8 4 16 4 11", "asks for a frame above 3")]
    [InlineData("clip 8 4 16 2 24", "follows a column outside 8 to 23")]
    [InlineData("clap 8 4 16 2 11", "is of no clip that was enlarged; there are clip")]
    [InlineData("clip 8 4 16 2", "'clip 8 4 16 2' is no crop; write CLIP X Y SIZE FRAME COLUMN")]
    [InlineData("clip 8 -4 16 2 11", "is no crop")]
    public void ACropThatDoesNotFitIsRefusedWithItsLimit(string crop, string message)
    {
        _gallery.AddMethod("bicubic", 20);
        _gallery.Describe("bicubic", crop);
        Assert.Contains(
            message, Assert.Throws<ReportException>(() => GalleryReport.Write(_gallery.Path, _gallery.Docs)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_gallery.Docs));
    }

    [Fact]
    public void WhatIsMissingIsSaid()
    {
        Assert.Contains("there is no frame in", Assert.Throws<ReportException>(() => GalleryFolder.Read(_gallery.Path)).Message, StringComparison.Ordinal);
        _gallery.AddMethod("bicubic", 20);
        _gallery.AddMethod("full", 5);
        File.Delete(Path.Combine(_gallery.Path, "methods", "full", "pictures", "clip-000001-output.png"));
        Assert.Contains(
            "clip-000001-output.png is no picture, or is not there",
            Assert.Throws<ReportException>(() => GalleryReport.Write(_gallery.Path, _gallery.Docs)).Message, StringComparison.Ordinal);
    }

    private static SKColor Lighter(SKColor color, int by) => new((byte)(color.Red + by), (byte)(color.Green + by), (byte)(color.Blue + by));

    private void Fill()
    {
        _gallery.AddMethod("bicubic", 20);
        _gallery.AddMethod("full", 5);
        _gallery.Describe("bicubic vsrnet fast full", "clip 8 4 16 2 11");
        GalleryReport.Write(_gallery.Path, _gallery.Docs);
    }
}
