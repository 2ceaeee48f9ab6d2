using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Vsr.Data.Preparation;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Copies have the scenes' frames and times in another size, in fixed closed groups; they are made once and whole.</summary>
public partial class SceneTranscoderTests
{
    [Theory]
    [InlineData("h264", 8, "yuv420p")]
    [InlineData("hevc", 8, "yuv420p")]
    [InlineData("hevc", 10, "yuv420p10le")]
    public void ACopyHasTheFramesInFixedClosedGroups(string codec, int bits, string format)
    {
        using TemporaryFolder folder = Prepared("yuv422p10le", 192, 128);
        Transcode(folder, Options(folder, "64p") with { Codec = codec, Crf = 20, KeyInt = 6, BitDepth = bits });

        foreach (string scene in new[] { "train/scene_0.mp4", "val/scene_1.mp4" })
        {
            string copy = folder.File($"data/64p/scenes/{codec}/crf20/keyint6/{scene}");
            using FrameReader reader = new(copy, new FrameReaderOptions { CacheIndex = false });
            FilmFrames original = FilmFrames.Read(folder.File("data/orig/scenes/" + scene));
            Assert.Equal(
                (codec, 96, 64, format),
                (reader.Stream.Codec, reader.Stream.Width, reader.Stream.Height, reader.Stream.PixelFormat!.Name));
            Assert.Equal(original.Planes.Count, reader.FrameCount);
            Assert.Equal(original.Seconds, FilmFrames.Read(copy).Seconds);
            Assert.Equal(
                Enumerable.Range(0, reader.FrameCount).Where(frame => frame % 6 == 0),
                Enumerable.Range(0, reader.FrameCount).Where(reader.Index.IsKeyFrame));
            Assert.All(reader.Index.Starts, start => Assert.True(
                (reader.Index.Packets[start.Packet].Kinds & PacketKinds.ClosedStart) != 0, $"frame {start.FirstFrame} opens no closed group"));
        }
    }

    [Fact]
    public void DefaultsAreH264OfCrf18AndKeyFramesEvery4AndLeaveNoTraceInTheFolder()
    {
        using TemporaryFolder folder = Prepared();
        Transcode(folder, Options(folder, "32p"));

        using FrameReader reader = new(folder.File("data/32p/scenes/train/scene_0.mp4"), new FrameReaderOptions { CacheIndex = false });
        Assert.Equal([0, 4, 8, 12, 16], Enumerable.Range(0, 18).Where(reader.Index.IsKeyFrame));
        JsonNode settings = JsonNode.Parse(File.ReadAllText(folder.File("data/32p/scenes/manifest.json")))!["settings"]!;
        Assert.Equal(
            ("h264", 18, 4, "bicubic"),
            ((string)settings["codec"]!, (int)settings["crf"]!, (int)settings["keyint"]!, (string)settings["scaling"]!));
    }

    [Fact]
    public void PicturesAreTheScenesInSmall()
    {
        using TemporaryFolder folder = Prepared();
        Transcode(folder, Options(folder, "32p") with { Crf = 4 });
        FilmFrames copy = FilmFrames.Read(folder.File("data/32p/scenes/crf4/train/scene_0.mp4"));
        FilmFrames original = FilmFrames.Read(folder.File("data/orig/scenes/train/scene_0.mp4"));
        for (int frame = 0; frame < copy.Planes.Count; frame++)
        {
            byte[] half = HalfLuma(original.Planes[frame], 96, 64);
            Assert.True(FilmFrames.Psnr(copy.Planes[frame][..half.Length], half, 8) > 32, $"frame {frame}");
        }
    }

    [Fact]
    public void ATurnedSceneOfWidePixelsIsCopiedAsItIsShown()
    {
        using TemporaryFolder folder = new();
        string film = new MadeFilm(96, 64).Scene(1, 18).Scene(2, 18).Write(folder.File("film.mp4"), options => options with
        {
            Rotation = -90,
            SampleAspect = new Rational(2, 1),
        });
        Split(folder, film);
        Transcode(folder, Options(folder, "96p") with { Crf = 4 });

        // 192 x 64 shown upright: 64 wide, 192 high
        FilmFrames copy = FilmFrames.Read(folder.File("data/96p/scenes/crf4/train/scene_0.mp4"));
        FilmFrames original = FilmFrames.Read(folder.File("data/orig/scenes/train/scene_0.mp4"));
        Assert.Equal((32, 96, 0), (copy.Stream.Width, copy.Stream.Height, copy.Stream.Rotation));
        byte[] turned = new byte[32 * 96];
        for (int i = 0; i < turned.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, 32);
            int row = 2 * (31 - x);
            turned[i] = (byte)((original.Planes[0][(row * 96) + y] + original.Planes[0][((row + 1) * 96) + y] + 1) / 2);
        }

        Assert.True(FilmFrames.Psnr(copy.Planes[0][..turned.Length], turned, 8) > 30);
    }

    [Fact]
    public void SmallScenesAreLeftOutWithALineUnlessEnlargingIsAskedFor()
    {
        using TemporaryFolder folder = Prepared();
        RecordingPreparation told = Transcode(folder, Options(folder, "540p") with { Enlarge = false });
        Assert.Equal("540p: skipped: all scenes have 64 lines; --no-enlarge leaves them out", Assert.Single(told.Notes));
        Assert.False(Directory.Exists(folder.File("data/540p")));

        told = Transcode(folder, Options(folder, "80p") with { Enlarge = true });
        Assert.Equal("warning: 80p: all scenes of 64 lines are enlarged", Assert.Single(told.Notes));
        Assert.Equal(120, FilmFrames.Read(folder.File("data/80p/scenes/val/scene_1.mp4")).Stream.Width);
    }

    [Fact]
    public void ASecondRunMakesWhatIsMissing()
    {
        using TemporaryFolder folder = Prepared();
        Transcode(folder, Options(folder, "32p"));
        string kept = folder.File("data/32p/scenes/val/scene_1.mp4");
        DateTime written = File.GetLastWriteTimeUtc(kept);
        File.Delete(folder.File("data/32p/scenes/train/scene_0.mp4"));
        PreparationResult again = new SceneTranscoder(Options(folder, "32p")).Run(null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (again.Made, again.Skipped));
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));

        VsrException refused = Assert.Throws<VsrException>(() => Transcode(folder, Options(folder, "32p") with { Preset = "fast" }));
        Assert.Contains("preset \"medium\" there, \"fast\" now", refused.Message);
    }

    [Fact]
    public void ACancelledRunLeavesWholeFilesOnlyAndGoesOn()
    {
        using TemporaryFolder folder = Prepared();
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => new SceneTranscoder(Options(folder, "32p") with { Jobs = 1 })
            .Run(new StopAt("32p", 20, stop), stop.Token));
        Assert.Equal(["scene_0.mp4"], Directory.GetFiles(folder.File("data/32p"), "*.mp4", SearchOption.AllDirectories).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(folder.File("data/32p"), "*.part", SearchOption.AllDirectories));

        PreparationResult again = new SceneTranscoder(Options(folder, "32p")).Run(null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (again.Made, again.Skipped));
    }

    [Fact]
    public void ABrokenSceneIsNamedAndTheRestGoesOn()
    {
        using TemporaryFolder folder = Prepared();
        File.WriteAllText(folder.File("data/orig/scenes/train/scene_7.mp4"), "no video");
        PreparationResult result = new SceneTranscoder(Options(folder, "32p")).Run(null, TestContext.Current.CancellationToken);
        Assert.Equal(2, result.Made);
        Assert.EndsWith("scene_7.mp4", Assert.Single(result.Failures).File);
    }

    [Fact]
    public void TwoScenesOfOneNameAreRefused()
    {
        using TemporaryFolder folder = Prepared();
        File.Copy(folder.File("data/orig/scenes/train/scene_0.mp4"), folder.File("data/orig/scenes/train/scene_0.mov"));
        VsrException refused = Assert.Throws<VsrException>(() => Transcode(folder, Options(folder, "32p")));
        Assert.Contains("would both become train/scene_0.mp4", refused.Message);
    }

    [Theory]
    [InlineData("h264", 1)]
    [InlineData("h264", 2)]
    [InlineData("hevc", 1)]
    [InlineData("hevc", 2)]
    public void KeyFramesMayBeAsCloseAsOneLikes(string codec, int keyInt)
    {
        using TemporaryFolder folder = Prepared("yuv420p", 192, 128);
        Transcode(folder, Options(folder, "64p") with { Codec = codec, KeyInt = keyInt });
        using FrameReader reader = new(
            folder.File($"data/64p/scenes/{codec}/keyint{keyInt}/val/scene_1.mp4"), new FrameReaderOptions { CacheIndex = false });
        Assert.All(Enumerable.Range(0, 18), frame => Assert.Equal(frame % keyInt == 0, reader.Index.IsKeyFrame(frame)));
    }

    [Fact]
    public void AFullDiskIsSaidOnceAndLeavesNothingHalfWritten()
    {
        using TemporaryFolder folder = Prepared();
        string disk = Directory.CreateDirectory(folder.File("data/32p")).FullName;
        Assert.SkipUnless(Mount("tmpfs", disk, "tmpfs", 0, "size=16k") == 0, "needs the right to mount a small file system (root)");
        try
        {
            VsrException refused = Assert.Throws<VsrException>(() => Transcode(folder, Options(folder, "32p") with { Crf = 1 }));
            Assert.Contains("No space left on device", refused.Message);
            Assert.Empty(Directory.GetFiles(disk, "*.part", SearchOption.AllDirectories));
            Assert.Empty(Directory.GetFiles(disk, "*.mp4", SearchOption.AllDirectories));
        }
        finally
        {
            _ = Unmount(disk, 2);                                               // MNT_DETACH
        }
    }

    [Fact]
    public void APictureTooSmallForHevcIsRefused()
    {
        using TemporaryFolder folder = Prepared();
        PreparationResult result = new SceneTranscoder(Options(folder, "32p") with { Codec = "hevc" })
            .Run(null, TestContext.Current.CancellationToken);
        Assert.All(result.Failures, failure => Assert.Contains("48x32 is too small for hevc", failure.Message));
        Assert.Equal(2, result.Failures.Count);
    }

    [Theory]
    [InlineData("h264", 10)]
    [InlineData("vp9", 8)]
    [InlineData("hevc", 12)]
    public void OptionsThatContradictEachOtherAreRefused(string codec, int bits) => Assert.Throws<ArgumentException>(() =>
        new SceneTranscoder(new TranscodeOptions { MainData = "x", Resolution = Resolution.Parse("4k"), Codec = codec, BitDepth = bits }));

    private static TranscodeOptions Options(TemporaryFolder folder, string resolution) => new()
    {
        MainData = folder.File("data"),
        Resolution = Resolution.Parse(resolution),
    };

    private static TemporaryFolder Prepared(string pixelFormat = "yuv420p", int width = 96, int height = 64)
    {
        TemporaryFolder folder = new();
        Split(folder, new MadeFilm(width, height).Scene(1, 18).Scene(2, 18).Write(
            folder.File("film.mp4"), options => options with { PixelFormat = pixelFormat }));
        return folder;
    }

    private static void Split(TemporaryFolder folder, string film) => new SceneSplitter(new SplitOptions
    {
        Sources = [film],
        OutData = folder.File("data"),
    }).Run(null, TestContext.Current.CancellationToken);

    private static RecordingPreparation Transcode(TemporaryFolder folder, TranscodeOptions options)
    {
        RecordingPreparation told = new();
        PreparationResult result = new SceneTranscoder(options).Run(told, TestContext.Current.CancellationToken);
        Assert.Empty(result.Failures);
        return told;
    }

    private static byte[] HalfLuma(byte[] planes, int width, int height)
    {
        byte[] half = new byte[width * height / 4];
        for (int i = 0; i < half.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, width / 2);
            int at = (2 * y * width) + (2 * x);
            half[i] = (byte)((planes[at] + planes[at + 1] + planes[at + width] + planes[at + width + 1] + 2) / 4);
        }

        return half;
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
