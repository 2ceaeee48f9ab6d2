using Vsr.Data.Preparation;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Cuts are found at their frame; what only looks like one is none.</summary>
public class SceneDetectorTests
{
    [Fact]
    public void EveryCutIsFoundAtItsFrame() =>
        Assert.Equal([20, 47, 60, 99], Find(new MadeFilm().Scene(1, 20).Scene(2, 27).Scene(3, 13).Scene(4, 39).Scene(5, 13)));

    [Fact]
    public void NoiseHidesNoCutAndMakesNone() =>
        Assert.Equal([30, 60], Find(new MadeFilm().Scene(1, 30).Scene(2, 30).Scene(3, 30).Noise(6)));

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void FastMotionIsNoCut(double pixelsAFrame) =>
        Assert.Equal([40], Find(new MadeFilm().Scene(6, 40, pixelsAFrame).Scene(7, 40, pixelsAFrame)));

    [Theory]
    [InlineData(255)]
    [InlineData(0)]
    public void AFlashIsNoCut(byte level)
    {
        MadeFilm film = new MadeFilm().Scene(1, 60);
        film.Fade(20, 1, 0, 0, level).Fade(40, 2, 0.2, 0.1, level).Fade(50, 3, 0.1, 0.1, level);
        Assert.Empty(Find(film));
    }

    [Fact]
    public void AChangeOfLightIsNoCut() => Assert.Empty(Find(new MadeFilm().Scene(1, 60).Fade(30, 30, 0.6, 0.6, 30)));

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void AFadeThroughBlackOrWhiteIsOneCutInTheMiddleOfTheEmptyFrames(byte level)
    {
        MadeFilm film = new MadeFilm().Scene(1, 40).Empty(7, level).Scene(2, 40);
        film.Fade(28, 12, 1, 0.02, level).Fade(47, 12, 0.02, 1, level);
        int cut = Assert.Single(Find(film));
        Assert.InRange(cut, 42, 44);
    }

    [Fact]
    public void AFilmThatFadesInAndOutHasNoCutThere()
    {
        MadeFilm film = new MadeFilm().Empty(5, 0).Scene(1, 60).Empty(20, 0);
        film.Fade(5, 15, 0.05, 1, 0).Fade(50, 15, 1, 0.05, 0);
        Assert.Empty(Find(film));
    }

    [Fact]
    public void ABlackSceneBetweenHardCutsIsASceneAndAShortOneBelongsToTheNext()
    {
        Assert.Equal([30, 60], Find(new MadeFilm().Scene(1, 30).Empty(30, 0).Scene(2, 30)));
        Assert.Equal([30], Find(new MadeFilm().Scene(1, 30).Empty(5, 0).Scene(2, 30)));
    }

    [Fact]
    public void OfCutsTooCloseTogetherOneCountsAndShortEndsJoinTheirNeighbour()
    {
        MadeFilm film = new MadeFilm().Scene(1, 5).Scene(2, 40).Scene(3, 6).Scene(4, 40).Scene(5, 4);
        IReadOnlyList<int> cuts = Find(film);
        Assert.True(cuts is [45] or [51], string.Join(' ', cuts));
        Assert.Equal([5, 45, 51, 91], Find(film, new SceneDetectionOptions { MinLengthSeconds = 0 }));
    }

    [Fact]
    public void ASizeThatChangesEndsAScene()
    {
        using TemporaryFolder folder = new();
        string small = new MadeFilm(96, 64).Scene(1, 20).Write(folder.File("a.ts"));
        string large = new MadeFilm(160, 96).Scene(1, 20).Write(folder.File("b.ts"));
        string joined = folder.File("joined.ts");
        File.WriteAllBytes(joined, [.. File.ReadAllBytes(small), .. File.ReadAllBytes(large)]);
        using FrameReader reader = new(joined);
        Assert.SkipWhen(reader.FrameCount != 40, "this FFmpeg joins no transport streams of two sizes");
        Assert.Equal([20], new SceneDetector(new SceneDetectionOptions { MinLengthSeconds = 0.2 }).Find(reader, null, TestContext.Current.CancellationToken));
    }

    private static IReadOnlyList<int> Find(MadeFilm film, SceneDetectionOptions? options = null)
    {
        using TemporaryFolder folder = new();
        using FrameReader reader = new(film.Write(folder.File("film.mkv")), new FrameReaderOptions { CacheIndex = false });
        return new SceneDetector(options ?? new SceneDetectionOptions { MinLengthSeconds = 0.4 })
            .Find(reader, null, TestContext.Current.CancellationToken);
    }
}
