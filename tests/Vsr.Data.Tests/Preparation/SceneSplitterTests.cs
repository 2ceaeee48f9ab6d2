using System.Text.Json.Nodes;
using Vsr.Data.Preparation;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Scenes hold each frame of the film once, in order, in its format, times and quality.</summary>
public class SceneSplitterTests
{
    private static readonly string[] Formats = ["yuv420p", "yuv422p10le", "yuv444p", "yuvj420p", "yuv420p10le"];

    public static TheoryData<string> FormatNames => [.. Formats];

    [Theory]
    [MemberData(nameof(FormatNames))]
    public void LosslessScenesJoinedAreTheFilm(string format)
    {
        using TemporaryFolder folder = new();
        string film = ThreeScenes().Write(folder.File("film.mp4"), options => options with { PixelFormat = format });
        Split(folder, film, options => options with { Lossless = true });

        FilmFrames source = FilmFrames.Read(film);
        Assert.Equal(source.Hashes, Scenes(folder).SelectMany(scene => scene.Hashes));
        Assert.All(Scenes(folder), scene => Assert.Equal(format, scene.PixelFormat));
        Assert.Equal(["train/scene_0.mp4", "train/scene_1.mp4", "val/scene_2.mp4"], Files(folder));
    }

    [Theory]
    [MemberData(nameof(FormatNames))]
    public void EveryFrameIsOver45DecibelsAndNearestToItsOwnSourceFrame(string format)
    {
        using TemporaryFolder folder = new();
        string film = new MadeFilm(64, 48).Scene(1, 14).Scene(2, 14).Noise(60).Write(folder.File("film.mp4"), options => options with { PixelFormat = format });
        Split(folder, film);

        FilmFrames source = FilmFrames.Read(film);
        byte[][] frames = [.. Scenes(folder).SelectMany(scene => scene.Planes)];
        int bits = format.Contains("10", StringComparison.Ordinal) ? 10 : 8;
        Assert.Equal(source.Planes.Count, frames.Length);
        for (int i = 0; i < frames.Length; i++)
        {
            double[] all = [.. source.Planes.Select(plane => FilmFrames.Psnr(frames[i], plane, bits))];
            Assert.True(all[i] > 45, $"frame {i}: {all[i]:0.0} dB");
            Assert.Equal(i, Array.IndexOf(all, all.Max()));
        }
    }

    [Theory]
    [InlineData("gray", 64, "ffv1")]
    [InlineData("yuv420p", 63, "ffv1")]
    [InlineData("rgb24", 64, "libx264rgb")]
    public void OtherFormatsAndOddSizesAreKeptToo(string format, int width, string codec)
    {
        using TemporaryFolder folder = new();
        string film = new MadeFilm(width, 48).Scene(1, 14).Write(folder.File("film.mkv"), options => options with
        {
            Codec = codec,
            PixelFormat = format,
            Preset = null,
            EncoderOptions = new Dictionary<string, string>(),
        });
        Split(folder, film, options => options with { Lossless = true });
        FilmFrames scene = Assert.Single(Scenes(folder));
        Assert.Equal(FilmFrames.Read(film).Hashes, scene.Hashes);
    }

    [Theory]
    [InlineData("yuv420p12le", 12)]
    [InlineData("gbrp10le", 10)]
    [InlineData("gray", 8)]
    public void FormatsThatX264LacksAreOver45DecibelsToo(string format, int bits)
    {
        using TemporaryFolder folder = new();
        string film = folder.File("film.mkv");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=0.6,noise=alls=40:allf=t",
            "-pix_fmt", format, "-c:v", "ffv1", film);
        Split(folder, film, options => options with { Detection = new SceneDetectionOptions { MinLengthSeconds = 1 } });
        FilmFrames scene = Assert.Single(Scenes(folder));
        FilmFrames source = FilmFrames.Read(film);
        Assert.Equal((format, 15), (scene.PixelFormat, scene.Planes.Count));
        Assert.All(scene.Planes.Zip(source.Planes), pair => Assert.InRange(FilmFrames.Psnr(pair.First, pair.Second, bits), 45, 200));
    }

    [Fact]
    public void TimesOfAVariableRateRotationAspectAndColoursAreKept()
    {
        using TemporaryFolder folder = new();
        long[] ticks = new long[70];
        for (int i = 1; i < ticks.Length; i++)
        {
            ticks[i] = ticks[i - 1] + (i % 3 == 0 ? 70 : 33);
        }

        ColorDescription color = new("bt709", "tv", "bt2020", "bt709", "left");
        string film = ThreeScenes().Write(
            folder.File("film.mp4"),
            options => options with
            {
                TimeBase = new Rational(1, 1000),
                FrameRate = null,
                Rotation = -90,
                SampleAspect = new Rational(4, 3),
                Color = color,
            },
            i => ticks[i]);
        Split(folder, film);

        int first = 0;
        foreach (FilmFrames scene in Scenes(folder))
        {
            double[] expected = [.. Enumerable.Range(first, scene.Planes.Count).Select(i => (ticks[i] - ticks[first]) / 1000.0)];
            Assert.Equal(expected, scene.Seconds.Select(second => Math.Round(second, 6)));
            Assert.Equal((-90, new Rational(4, 3)), (scene.Stream.Rotation, scene.Stream.SampleAspect));
            Assert.Equal(color, scene.Stream.Color);
            first += scene.Planes.Count;
        }

        Assert.Equal(70, first);
    }

    [Fact]
    public void TheManifestHasTheRangesOfFrames()
    {
        using TemporaryFolder folder = new();
        string film = ThreeScenes().Write(folder.File("film.mp4"));
        Split(folder, film);

        JsonNode manifest = JsonNode.Parse(File.ReadAllText(folder.File("data/orig/scenes/manifest.json")))!;
        Assert.Equal(
            [(0, "train", 0, 25), (1, "train", 25, 20), (2, "val", 45, 25)],
            manifest["scenes"]!.AsArray().Select(scene => (
                (int)scene!["number"]!, (string)scene["subset"]!, (int)scene["first_frame"]!, (int)scene["frames"]!)));
        Assert.Equal(70, (int)manifest["sources"]![0]!["frames"]!);
        Assert.Equal(0.6, (double)manifest["settings"]!["threshold"]!);
    }

    [Fact]
    public void TimesOfAListCutAtTheNearestFrameAndTheRestIsAScene()
    {
        using TemporaryFolder folder = new();
        string film = ThreeScenes().Write(folder.File("film.mp4"));
        string list = folder.File("timestamps");
        File.WriteAllText(list, "0.4001\n\n# a comment\n1.19\n2.0\n");
        RecordingPreparation told = Split(folder, film, options => options with { Timestamps = list, Lossless = true });

        Assert.Equal([10, 20, 20, 20], Scenes(folder).Select(scene => scene.Planes.Count));
        Assert.Equal(FilmFrames.Read(film).Hashes, Scenes(folder).SelectMany(scene => scene.Hashes));
        Assert.Contains("goes on for 0.8 s", Assert.Single(told.Notes));
    }

    [Fact]
    public void AListOf59TimesTrainsOnTheFirst53()
    {
        using TemporaryFolder folder = new();
        string film = new MadeFilm(32, 32).Scene(1, 118).Write(folder.File("film.mp4"));
        string list = folder.File("timestamps");
        File.WriteAllLines(list, Enumerable.Range(1, 59).Select(i => FormattableString.Invariant($"{i * 0.08:0.####}")));
        Split(folder, film, options => options with { Timestamps = list });

        Assert.Equal(Enumerable.Range(0, 53).Select(i => $"train/scene_{i}.mp4").Concat(
            Enumerable.Range(53, 6).Select(i => $"val/scene_{i}.mp4")), Files(folder));
    }

    [Theory]
    [InlineData("1.0\n0.5\n", "does not lie after 1")]
    [InlineData("1.0\nten\n", "timestamps:2: 'ten' is no time")]
    [InlineData("1.0\n99\n", "after the film's end at 2.8 s")]
    [InlineData("1.0\n1.001\n", "no frame between")]
    [InlineData("#\n", "is empty")]
    public void AWrongListSaysWhatIsWrong(string text, string expected)
    {
        using TemporaryFolder folder = new();
        string film = ThreeScenes().Write(folder.File("film.mp4"));
        string list = folder.File("timestamps");
        File.WriteAllText(list, text);
        VsrException refused = Assert.Throws<VsrException>(() =>
            Split(folder, film, options => options with { Timestamps = list }));
        Assert.Contains(expected, refused.Message);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    public void FoldersThatWereMadeAndThatNothingIsInAreRemovedButNoOthers()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("film.mp4"), "no video");
        PreparationResult Run() => new SceneSplitter(Options(folder, folder.File("film.mp4"))).Run(null, TestContext.Current.CancellationToken);

        Assert.Single(Run().Failures);
        Assert.False(Directory.Exists(folder.File("data")));

        Directory.CreateDirectory(folder.File("data/orig"));
        Run();
        Assert.Equal([folder.File("data/orig")], Directory.GetFileSystemEntries(folder.File("data"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void AFolderWithTheScenesOfManyFilmsNamesSixOfThemAndCountsTheOthers()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("films"));
        string film = new MadeFilm(32, 32).Scene(1, 9).Write(folder.File("films/f0.mp4"));
        for (int i = 1; i < 31; i++)
        {
            File.WriteAllText(folder.File($"films/f{i}.mp4"), $"no video {i}");
        }

        new SceneSplitter(Options(folder, folder.File("films"))).Run(null, TestContext.Current.CancellationToken);
        VsrException refused = Assert.Throws<VsrException>(() => Split(folder, film));
        Assert.EndsWith(": f0.mp4, f1.mp4, f10.mp4, f11.mp4, f12.mp4, f13.mp4 and 25 more", refused.Message);
    }

    [Fact]
    public void ASecondRunMakesWhatIsMissingAndOtherSettingsAreRefused()
    {
        using TemporaryFolder folder = new();
        string film = ThreeScenes().Write(folder.File("film.mp4"));
        Split(folder, film);
        string kept = folder.File("data/orig/scenes/train/scene_0.mp4");
        DateTime written = File.GetLastWriteTimeUtc(kept);
        File.Delete(folder.File("data/orig/scenes/train/scene_1.mp4"));
        File.WriteAllText(folder.File("data/orig/scenes/train/.scene_1.mp4.abc.part"), "left by a killed run");
        PreparationResult again = new SceneSplitter(Options(folder, film)).Run(null, TestContext.Current.CancellationToken);

        Assert.Equal((1, 2), (again.Made, again.Skipped));
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
        Assert.Equal(3, Files(folder).Count);
        Assert.False(File.Exists(folder.File("data/orig/scenes/train/.scene_1.mp4.abc.part")));
        VsrException refused = Assert.Throws<VsrException>(() => Split(folder, film, options => options with { Lossless = true }));
        Assert.Contains("lossless false there, true now", refused.Message);
    }

    [Fact]
    public void AFilmOfOneSceneIsForTrainingAndLeavesNoEmptyFolder()
    {
        using TemporaryFolder folder = new();
        RecordingPreparation told = Split(folder, new MadeFilm(32, 32).Scene(1, 20).Write(folder.File("film.mp4")));
        Assert.Equal(["train/scene_0.mp4"], Files(folder));
        Assert.False(Directory.Exists(folder.File("data/orig/scenes/val")));
        Assert.StartsWith("there is one scene only", Assert.Single(told.Notes));
    }

    [Theory]
    [InlineData("{\"made_by\": \"vsr prepare split\", \"scenes\": null}", "remove the folder")]
    [InlineData("{\"made_by\": \"vsr prepare split\", \"settings\": {}, \"sources\": null, \"scenes\": []}", "remove the folder")]
    [InlineData("{", "give another folder")]                // it may be anybody's
    public void ADamagedManifestIsSaidToBe(string text, string fix)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("data/orig/scenes"));
        File.WriteAllText(folder.File("data/orig/scenes/manifest.json"), text);
        VsrException refused = Assert.Throws<VsrException>(() => Split(folder, new MadeFilm(32, 32).Scene(1, 9).Write(folder.File("film.mp4"))));
        Assert.Contains("cannot read", refused.Message);
        Assert.Contains(fix, refused.Hint);
    }

    [Fact]
    public void AFilmNamedTwiceIsRefused()
    {
        using TemporaryFolder folder = new();
        string film = new MadeFilm(32, 32).Scene(1, 10).Write(folder.File("film.mp4"));
        Assert.Throws<VsrException>(() => new SceneSplitter(Options(folder, film) with { Sources = [film, folder.Path] })
            .Run(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ABrokenFilmIsNamedAndTheOthersAreSplit()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("films"));
        new MadeFilm().Scene(1, 20).Write(folder.File("films/a.mp4"));
        File.WriteAllText(folder.File("films/b.mp4"), "no video");
        new MadeFilm().Scene(2, 20).Scene(3, 20).Write(folder.File("films/c.mp4"));
        PreparationResult result = new SceneSplitter(Options(folder, folder.File("films")))
            .Run(null, TestContext.Current.CancellationToken);

        Assert.Equal(3, result.Made);
        Assert.EndsWith("b.mp4", Assert.Single(result.Failures).File);
        Assert.Equal([20, 20, 20], Scenes(folder).Select(scene => scene.Planes.Count));
    }

    [Fact]
    public void AFolderWithTrainAndValKeepsThatDivision()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("films/train"));
        Directory.CreateDirectory(folder.File("films/val"));
        new MadeFilm().Scene(1, 20).Scene(2, 20).Write(folder.File("films/train/a.mp4"));
        new MadeFilm().Scene(3, 20).Scene(4, 20).Write(folder.File("films/val/b.mp4"));
        new SceneSplitter(Options(folder, folder.File("films"))).Run(null, TestContext.Current.CancellationToken);

        Assert.Equal(["train/scene_0.mp4", "train/scene_1.mp4", "val/scene_2.mp4", "val/scene_3.mp4"], Files(folder));
        Assert.Throws<VsrException>(() => new SceneSplitter(Options(folder, folder.File("films")) with { ValCount = 1 })
            .Run(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ASeedDrawsTheSameScenesAgain()
    {
        HashSet<int> drawn = Data.Preparation.Splitting.SceneDivision.Validating(40, 6, 7);
        Assert.Equal(drawn, Data.Preparation.Splitting.SceneDivision.Validating(40, 6, 7));
        Assert.NotEqual(drawn, Data.Preparation.Splitting.SceneDivision.Validating(40, 6, 8));
        Assert.Equal([34, 35, 36, 37, 38, 39], Data.Preparation.Splitting.SceneDivision.Validating(40, 6, null));
    }

    [Theory]
    [InlineData(1, null, null, 0)]
    [InlineData(2, null, null, 1)]
    [InlineData(25, null, null, 3)]
    [InlineData(25, 0.2, null, 5)]
    [InlineData(3, 0.99, null, 2)]
    [InlineData(25, null, 0, 0)]
    [InlineData(25, null, 7, 7)]
    public void TheShareIsRoundedAndOneAtLeast(int scenes, double? share, int? count, int expected) => Assert.Equal(
        expected,
        Data.Preparation.Splitting.SceneDivision.ValidationCount(
            scenes, new SplitOptions { Sources = ["a"], OutData = "b", ValShare = share, ValCount = count }));

    [Fact]
    public void ACancelledRunLeavesWholeScenesOnlyAndGoesOn()
    {
        using TemporaryFolder folder = new();
        string film = ThreeScenes().Write(folder.File("film.mp4"));
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => new SceneSplitter(Options(folder, film)).Run(new StopAt("splitting", 30, stop), stop.Token));
        Assert.Equal(["train/scene_0.mp4"], Files(folder));
        Assert.False(Directory.Exists(folder.File("data/orig/scenes/val")));
        Assert.Empty(Directory.GetFiles(folder.File("data"), "*.part", SearchOption.AllDirectories));

        Split(folder, film);
        Assert.Equal([25, 20, 25], Scenes(folder).Select(scene => scene.Planes.Count));
    }

    private static MadeFilm ThreeScenes() => new MadeFilm(96, 64).Scene(1, 25).Scene(2, 20).Scene(3, 25);

    private static SplitOptions Options(TemporaryFolder folder, string film) => new()
    {
        Sources = [film],
        OutData = folder.File("data"),
        Detection = new SceneDetectionOptions { MinLengthSeconds = 0.3 },
    };

    private static RecordingPreparation Split(TemporaryFolder folder, string film, Func<SplitOptions, SplitOptions>? change = null)
    {
        RecordingPreparation told = new();
        SplitOptions options = Options(folder, film);
        PreparationResult result = new SceneSplitter(change is null ? options : change(options))
            .Run(told, TestContext.Current.CancellationToken);
        Assert.Empty(result.Failures);
        return told;
    }

    private static IReadOnlyList<string> Files(TemporaryFolder folder)
    {
        string root = folder.File("data/orig/scenes");
        return [.. Directory.GetFiles(root, "scene_*.mp4", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path))
            .OrderBy(path => int.Parse(Path.GetFileNameWithoutExtension(path)[6..], System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static FilmFrames[] Scenes(TemporaryFolder folder) =>
        [.. Files(folder).Select(file => FilmFrames.Read(folder.File("data/orig/scenes/" + file)))];
}
