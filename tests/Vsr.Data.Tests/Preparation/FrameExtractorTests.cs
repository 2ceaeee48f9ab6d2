using Vsr.Data.Preparation;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>A folder a scene with a picture a frame, numbered from 00001.</summary>
public class FrameExtractorTests
{
    [Fact]
    public void PicturesOfTranscodedScenesAreTheirFrames()
    {
        using TemporaryFolder folder = Prepared();
        new SceneTranscoder(new TranscodeOptions { MainData = folder.File("data"), Resolution = Resolution.Parse("32p"), Crf = 9 })
            .Run(null, TestContext.Current.CancellationToken);
        Extract(folder, options => options with { Transcoded = true, Crf = 9 });

        string pictures = folder.File("data/32p/frames/crf9/val/1");
        Assert.Equal(
            Enumerable.Range(1, 18).Select(i => $"{i:D5}.png"),
            Directory.GetFiles(pictures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using VideoFrameSource frames = new(folder.File("data/32p/scenes/crf9/val/scene_1.mp4"));
        byte[] expected = new byte[3 * 48 * 32];
        for (int i = 0; i < 18; i++)
        {
            // chroma is brought to full size by libswscale here and by our own conversion there
            frames.ReadRgb8(i, expected);
            RgbImage picture = PictureFile.ReadRgb(Path.Combine(pictures, $"{i + 1:D5}.png"));
            Assert.True(FilmFrames.Psnr(picture.Samples8.ToArray(), expected, 8) > 36, $"frame {i}");
        }
    }

    [Fact]
    public void PicturesOfSplitScenesAreScaledAndJpgHasAQuality()
    {
        using TemporaryFolder folder = Prepared();
        Extract(folder, options => options with { Format = "jpg", Quality = 2 });
        Extract(folder, options => options with { Format = "jpg", Quality = 31 });
        RgbImage fine = PictureFile.ReadRgb(folder.File("data/32p/frames/jpg/q2/train/0/00018.jpg"));
        Assert.Equal((48, 32), (fine.Width, fine.Height));
        Assert.True(
            new FileInfo(folder.File("data/32p/frames/jpg/q2/train/0/00018.jpg")).Length
            > 2 * new FileInfo(folder.File("data/32p/frames/jpg/q31/train/0/00018.jpg")).Length);
    }

    [Fact]
    public void ADataSetOfPicturesIsFound()
    {
        using TemporaryFolder folder = Prepared();
        Extract(folder, options => options);
        DataSet set = DataSet.Open(folder.File("data/32p/frames"));
        Assert.EndsWith("train/0", Assert.Single(set.Training));
        Assert.EndsWith("val/1", Assert.Single(set.Validation));
    }

    [Fact]
    public void ACancelledRunLeavesWholeFoldersOnlyAndGoesOn()
    {
        using TemporaryFolder folder = Prepared();
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() =>
            new FrameExtractor(Options(folder)).Run(new StopAt("32p", 22, stop), stop.Token));
        Assert.Equal(18, Directory.GetFiles(folder.File("data/32p"), "*.png", SearchOption.AllDirectories).Length);
        Assert.Empty(Directory.GetDirectories(folder.File("data/32p/frames"), "*.part", SearchOption.AllDirectories));

        PreparationResult again = new FrameExtractor(Options(folder)).Run(null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (again.Made, again.Skipped));
    }

    [Fact]
    public void OptionsThatContradictEachOtherAreRefused()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<ArgumentException>(() => new FrameExtractor(Options(folder) with { Codec = "h264" }));
        Assert.Throws<ArgumentException>(() => new FrameExtractor(Options(folder) with { Quality = 10 }));
        Assert.Throws<ArgumentException>(() => new FrameExtractor(Options(folder) with { Format = "jpg", Quality = 1 }));
        Assert.Throws<ArgumentException>(() => new FrameExtractor(Options(folder) with { Format = "bmp" }));
    }

    private static FrameExtractionOptions Options(TemporaryFolder folder) => new()
    {
        MainData = folder.File("data"),
        Resolution = Resolution.Parse("32p"),
    };

    private static void Extract(TemporaryFolder folder, Func<FrameExtractionOptions, FrameExtractionOptions> change)
    {
        PreparationResult result = new FrameExtractor(change(Options(folder))).Run(null, TestContext.Current.CancellationToken);
        Assert.Equal((2, 0), (result.Made, result.Failures.Count));
    }

    private static TemporaryFolder Prepared()
    {
        TemporaryFolder folder = new();
        new SceneSplitter(new SplitOptions
        {
            Sources = [new MadeFilm(96, 64).Scene(1, 18).Scene(2, 18).Write(folder.File("film.mp4"))],
            OutData = folder.File("data"),
        }).Run(null, TestContext.Current.CancellationToken);
        return folder;
    }
}
