using Vsr.Data.Preparation;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Scene detection and splitting on real clips, alone and joined.</summary>
[Trait("Category", "Slow")]
public class SharedClipTests
{
    // These two have cuts of their own; the others have none.
    private static readonly Dictionary<string, int[]> CutsInside = new()
    {
        ["bbb_seg043.mp4"] = [74],
        ["bbb_seg082.mp4"] = [20, 55],
    };

    [Theory]
    [InlineData("video/train")]
    [InlineData("video/val")]
    public void AClipHasTheCutsThatOneSeesInIt(string folder)
    {
        foreach (string clip in ClipFolder.List(SharedData.Require(folder)))
        {
            using FrameReader reader = new(clip, new FrameReaderOptions { MemoryLimitBytes = 0 });
            IReadOnlyList<int> cuts = new SceneDetector().Find(reader, null, TestContext.Current.CancellationToken);
            int[] expected = CutsInside.GetValueOrDefault(Path.GetFileName(clip), []);
            Assert.True(expected.SequenceEqual(cuts), $"{clip}: {string.Join(' ', cuts)}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ClipsJoinedInAnyOrderAreCutWhereTheyMeet(int seed)
    {
        using TemporaryFolder folder = new();
        string film = folder.File("film.mp4");
        (IReadOnlyList<int> expected, _) = JoinedClips.Write(film, WithoutCuts(), 900, seed);
        using FrameReader reader = new(film, new FrameReaderOptions { MemoryLimitBytes = 0, CacheIndex = false });
        Assert.Equal(expected, new SceneDetector().Find(reader, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AFilmOfAMinuteIsPreparedWholeAndLosesNoFrame()
    {
        using TemporaryFolder folder = new();
        string film = folder.File("film.mp4");
        (IReadOnlyList<int> cuts, int frames) = JoinedClips.Write(film, WithoutCuts(), 1800, seed: 4);
        string data = folder.File("data");
        RecordingPreparation told = new();
        IReadOnlyList<PreparationResult> results = DataPreparation.Run(
            new DataPreparationOptions
            {
                Split = new SplitOptions { Sources = [film], OutData = data, ValShare = 0.2 },
                Preset = "superfast",
            },
            told,
            TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Empty(result.Failures));
        Assert.Equal([cuts.Count + 1, cuts.Count + 1, cuts.Count + 1, 0, 0], results.Select(result => result.Made));
        Assert.Equal(
            ["1080p: skipped: all scenes have 720 lines; --resolution 1080p enlarges", "4K: skipped: all scenes have 720 lines; --resolution 4K enlarges"],
            told.Notes);
        RequireSame(film, [.. Scenes(data, "orig")], cuts, frames, least: 45);
        Assert.Equal(frames, Scenes(data, "540p").Sum(FrameCount));
        Assert.Equal(frames, Scenes(data, "720p").Sum(FrameCount));
        DataSet set = DataSet.Open(Path.Combine(data, "540p", "scenes"));
        Assert.Equal(Math.Round(0.2 * (cuts.Count + 1)), set.Validation.Count);
    }

    private static string[] WithoutCuts() => [.. ClipFolder.List(SharedData.Require("video/train"))
        .Concat(ClipFolder.List(SharedData.Require("video/val")))
        .Where(clip => !CutsInside.ContainsKey(Path.GetFileName(clip)))];

    private static IEnumerable<string> Scenes(string data, string size) => Directory
        .GetFiles(Path.Combine(data, size, "scenes"), "scene_*.mp4", SearchOption.AllDirectories)
        .OrderBy(path => int.Parse(Path.GetFileNameWithoutExtension(path)[6..], System.Globalization.CultureInfo.InvariantCulture));

    private static int FrameCount(string path)
    {
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false });
        return reader.FrameCount;
    }

    private static void RequireSame(string film, string[] scenes, IReadOnlyList<int> cuts, int frames, double least)
    {
        using FrameReader whole = new(film, new FrameReaderOptions { MemoryLimitBytes = 0, CacheIndex = false });
        Assert.Equal(cuts.Append(frames).Zip(cuts.Prepend(0), (end, first) => end - first), scenes.Select(FrameCount));
        int at = 0;
        foreach (string scene in scenes)
        {
            using FrameReader part = new(scene, new FrameReaderOptions { MemoryLimitBytes = 0, CacheIndex = false });
            for (int i = 0; i < part.FrameCount; i++, at++)
            {
                using VideoFrame expected = whole.GetFrame(at);
                using VideoFrame actual = part.GetFrame(i);
                double psnr = FilmFrames.Psnr(actual.CopyTight(), expected.CopyTight(), 8);
                Assert.True(psnr > least, $"{scene} frame {i}: {psnr:0.0} dB");
            }
        }
    }
}
