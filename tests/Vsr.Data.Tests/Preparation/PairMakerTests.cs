using System.Text.Json.Nodes;
using Vsr.Data.Preparation;
using Vsr.Tests;
using Vsr.Video;
using static Vsr.Data.Tests.Preparation.MadePairs;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Low-resolution files are the clips' frames, degraded by the numbers in the manifest, and the same bytes whatever interrupts.</summary>
public class PairMakerTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void WithoutBlurNoiseAndLossPairsAreTheProtocolsReduction(int scale)
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 2);
        Make(Options(folder) with { Degradation = Pure(scale) });
        for (int clip = 0; clip < 2; clip++)
        {
            List<byte[]> hr = Rgb(folder.File($"clips/clip{clip}.mp4"));
            double[][] lr = [.. Rgb(folder.File($"pairs/lr/clip{clip}-v0.mp4")).Select(Luma)];
            Assert.Equal(hr.Count, lr.Length);
            FrameDegrader plain = new(new ClipDegradation { Seed = 0, Name = "", Scale = scale, Crf = 0 }, 96, 72);
            double[][] expected = [.. hr.Select((frame, i) => Luma(Degraded(plain, i, frame)))];
            for (int i = 0; i < lr.Length; i++)
            {
                // luma of limited range has steps of 1.16 levels; clipped colours and chroma's steps come on top
                Assert.True(Deviation(lr[i], expected[i]) < 0.7, $"frame {i}: {Deviation(lr[i], expected[i])}");
                Assert.Equal(i, Enumerable.Range(0, lr.Length).MinBy(other => Deviation(lr[i], expected[other])));
            }
        }
    }

    [Fact]
    public void TheManifestSaysEveryNumberAndTheseAreTheDrawnOnes()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 3, frames: 4);
        DegradationOptions ranges = new() { BlurSigma = new(0.5, 1.5), NoiseSigma = new(2, 5), Crf = new(24, 30), BlurShare = 0.7, NoiseShare = 0.7 };
        PreparationResult result = Make(Options(folder) with { Degradation = ranges, Variants = 4, Seed = 11 });
        Assert.Equal((12, 0), (result.Made, result.Skipped));

        JsonNode[] pairs = [.. Manifest(folder.File("pairs"))["pairs"]!.AsArray().Select(pair => pair!)];
        Assert.Equal(12, pairs.Length);
        foreach (JsonNode pair in pairs)
        {
            ClipDegradation drawn = ClipDegradation.Draw(ranges, 11, (string)pair["name"]!, (int)pair["variant"]!);
            Assert.Equal(
                (drawn.BlurSigma, drawn.NoiseSigma, drawn.Crf, "h264", 4),
                ((double)pair["blur_sigma"]!, (double)pair["noise_sigma"]!, (int)pair["crf"]!, (string)pair["codec"]!, (int)pair["scale"]!));
            Assert.Equal(drawn.NoiseSigma == 0 ? null : drawn.IsNoiseColored ? "each" : "same", (string?)pair["noise_channels"]);
            Assert.Equal($"lr/{pair["name"]}-v{pair["variant"]}.mp4", (string)pair["lr"]!);
            Assert.Equal($"../clips/{pair["name"]}.mp4", (string)pair["hr"]!);
            Assert.Equal(folder.File($"clips/{pair["name"]}.mp4"), (string)pair["hr_path"]!);
            Assert.Equal(Rgb(folder.File("pairs/" + (string)pair["lr"]!)).Count, (int)pair["frames"]!);
            Assert.InRange((int)pair["crf"]!, 24, 30);
            Assert.True((double)pair["blur_sigma"]! is 0 or (>= 0.5 and <= 1.5));
            Assert.True((double)pair["noise_sigma"]! is 0 or (>= 2 and <= 5));
        }

        Assert.True(pairs.Select(pair => (int)pair["crf"]!).Distinct().Count() > 3);
        Assert.True(pairs.Select(pair => (double)pair["blur_sigma"]!).Distinct().Count() > 6);
        Assert.Equal([4, 5, 6], pairs.Select(pair => (int)pair["frames"]!).Distinct().Order());
    }

    [Fact]
    public void NoiseAndCompressionAreInTheFiles()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 1);
        double[] deviations = [.. new[]
        {
            Pure(), Pure() with { NoiseShare = 1, NoiseSigma = new(5, 5), ColorNoiseShare = 0 }, Pure() with { Crf = new(36, 36) },
        }.Select((ranges, i) =>
        {
            Make(Options(folder, $"pairs{i}") with { Degradation = ranges });
            return Deviation(Luma(Rgb(folder.File($"pairs{i}/lr/clip0-v0.mp4"))[5]), Luma(Rgb(folder.File("pairs0/lr/clip0-v0.mp4"))[5]));
        })];
        Assert.Equal(0, deviations[0]);
        Assert.Equal(5, deviations[1], tolerance: 0.8);
        Assert.True(deviations[2] > 2, $"{deviations[2]}");
    }

    [Fact]
    public void SidesThatAreNoMultipleAreCroppedRightAndBelow()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("clips"));
        MadeFilm film = new MadeFilm(110, 78).Scene(1, 6);
        film.Write(folder.File("clips/odd.mp4"));
        Make(Options(folder) with { Degradation = Pure() });
        JsonNode pair = Manifest(folder.File("pairs"))["pairs"]![0]!;
        Assert.Equal(
            (110, 78, 104, 72, 26, 18),
            ((int)pair["hr_width"]!, (int)pair["hr_height"]!, (int)pair["crop_width"]!, (int)pair["crop_height"]!, (int)pair["lr_width"]!, (int)pair["lr_height"]!));

        FrameDegrader plain = new(new ClipDegradation { Seed = 0, Name = "", Scale = 4, Crf = 0 }, 110, 78);
        byte[] expected = Degraded(plain, 0, Rgb(folder.File("clips/odd.mp4"))[0]);
        Assert.True(Deviation(Luma(Rgb(folder.File("pairs/lr/odd-v0.mp4"))[0]), Luma(expected)) < 0.7);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBytesInAnyOrder()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 3);
        DegradationOptions both = new() { NoiseShare = 1, NoiseSigma = new(3, 8) };
        Make(Options(folder, "one") with { Degradation = both, Variants = 2, Seed = 5, Jobs = 1 });
        Make(Options(folder, "two") with { Degradation = both, Variants = 2, Seed = 5, Jobs = 4 });
        Make(Options(folder, "other") with { Degradation = both, Variants = 2, Seed = 6 });
        Dictionary<string, string> first = Contents(folder.File("one"));
        Assert.Equal(7, first.Count);
        Assert.Equal(first, Contents(folder.File("two")));

        // a clip's numbers do not depend on the other clips
        Directory.CreateDirectory(folder.File("few"));
        File.Copy(folder.File("clips/clip1.mp4"), folder.File("few/clip1.mp4"));
        Make(Options(folder, "three") with { Root = folder.File("few"), Degradation = both, Variants = 2, Seed = 5 });
        Assert.Equal(first["lr/clip1-v1.mp4"], Contents(folder.File("three"))["lr/clip1-v1.mp4"]);
        Assert.All(Contents(folder.File("other")), file => Assert.NotEqual(first[file.Key], file.Value));
        Assert.Equal(first.Count, first.Values.Distinct().Count());
    }

    [Fact]
    public void ACancelledRunLeavesWholeFilesOnlyAndGoesOnToTheSameBytes()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 4);
        PairOptions options = Options(folder, "whole") with { Variants = 2, Seed = 1, Jobs = 1 };
        Make(options);

        options = options with { OutData = folder.File("halved") };
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => new PairMaker(options).Run(new StopAt("pairs", 50, stop), stop.Token));
        Dictionary<string, string> left = Contents(folder.File("halved"));
        Assert.Equal(["lr/clip0-v0.mp4", "lr/clip0-v1.mp4", "lr/clip1-v0.mp4", "manifest.json"], left.Keys.Order(StringComparer.Ordinal));
        File.WriteAllText(folder.File("halved/lr/.clip3-v0.mp4.x.part"), "left by a killed run");
        File.WriteAllText(folder.File("halved/.manifest.json.x.part"), "likewise");

        PreparationResult again = Make(options);
        Assert.Equal((5, 3), (again.Made, again.Skipped));
        Assert.Equal(Contents(folder.File("whole")), Contents(folder.File("halved")));
    }

    [Fact]
    public void OtherSettingsAndChangedClipsAreErrorsThatSaySo()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 1);
        Make(Options(folder));
        VsrException refused = Assert.Throws<VsrException>(
            () => Make(Options(folder) with { Seed = 2, Degradation = new() { Crf = new(20, 30) } }));
        Assert.Contains("crf \"20..36\" there, \"20..30\" now; seed 0 there, 2 now", refused.Message);

        new MadeFilm(96, 72).Scene(7, 20).Write(folder.File("clips/clip0.mp4"), options => options with { Overwrite = true });
        refused = Assert.Throws<VsrException>(() => Make(Options(folder)));
        Assert.Contains("was made from another clip0.mp4 than there is now", refused.Message);
    }

    [Fact]
    public void BrokenAndTinyClipsAreNamedAndTheOthersMade()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 2);
        File.WriteAllText(folder.File("clips/broken.mp4"), "no video");
        new MadeFilm(6, 6).Scene(1, 5).Write(folder.File("clips/tiny.mp4"));
        PreparationResult result = new PairMaker(Options(folder) with { Variants = 2 }).Run(null, TestContext.Current.CancellationToken);
        Assert.Equal(4, result.Made);
        Assert.Equal(["broken.mp4", "tiny.mp4"], result.Failures.Select(failure => Path.GetFileName(failure.File)));
        Assert.Contains("6x6 are too small to be reduced 4 times", result.Failures[1].Message);
    }

    [Fact]
    public void TwoClipsOfOneNameAreRefused()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 1);
        File.Copy(folder.File("clips/clip0.mp4"), folder.File("clips/clip0.mkv"));
        Assert.Contains("have one name", Assert.Throws<VsrException>(() => Make(Options(folder))).Message);
    }

    [Fact]
    public void OfADividedRootTheTrainingClipsAreTakenAndFoldersOfPicturesToo()
    {
        using TemporaryFolder folder = new();
        WriteClips(folder, 2, frames: 3);
        Directory.CreateDirectory(folder.File("data/train/pictures"));
        Directory.CreateDirectory(folder.File("data/val"));
        File.Move(folder.File("clips/clip0.mp4"), folder.File("data/val/clip0.mp4"));
        List<byte[]> frames = Rgb(folder.File("clips/clip1.mp4"));
        for (int i = 0; i < frames.Count; i++)
        {
            PictureFile.Write(folder.File($"data/train/pictures/{i:000}.png"), RgbImage.FromRgb8(96, 72, frames[i]));
        }

        File.Move(folder.File("clips/clip1.mp4"), folder.File("data/train/clip1.mp4"));
        Make(Options(folder) with { Root = folder.File("data"), Degradation = Pure() });
        Assert.Equal(["lr/clip1-v0.mp4", "lr/pictures-v0.mp4", "manifest.json"], Contents(folder.File("pairs")).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Rgb(folder.File("pairs/lr/clip1-v0.mp4")), Rgb(folder.File("pairs/lr/pictures-v0.mp4")));
    }

    [Fact]
    public void TimesOfAnUnevenRateAreKept()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("clips"));
        new MadeFilm(96, 72).Scene(1, 9).Write(
            folder.File("clips/uneven.mp4"), options => options with { TimeBase = new Rational(1, 600) }, i => 24 * i + (i % 3 * 5));
        Make(Options(folder));
        Assert.Equal(
            FilmFrames.Read(folder.File("clips/uneven.mp4")).Seconds, FilmFrames.Read(folder.File("pairs/lr/uneven-v0.mp4")).Seconds);
    }

    [Fact]
    public void HevcIsDrawnByItsShareAndGroupsAreTheEncoders()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("clips"));
        new MadeFilm(256, 256).Scene(1, 40).Write(folder.File("clips/clip.mp4"));
        Make(Options(folder) with { Degradation = new() { HevcShare = 0.5 }, Variants = 4 });
        JsonNode[] pairs = [.. Manifest(folder.File("pairs"))["pairs"]!.AsArray().Select(pair => pair!)];
        Assert.Equal(["h264", "hevc"], pairs.Select(pair => (string)pair["codec"]!).Distinct().Order());
        foreach (JsonNode pair in pairs)
        {
            using FrameReader reader = new(folder.File("pairs/" + (string)pair["lr"]!), new FrameReaderOptions { CacheIndex = false });
            Assert.Equal(((string)pair["codec"]!, 40, 1), (reader.Stream.Codec, reader.FrameCount, reader.Index.KeyFrameCount));
            Assert.Equal(("yuv420p", 64), (reader.Stream.PixelFormat!.Name, reader.Stream.Width));
        }

        WriteClips(folder, 1);
        PreparationResult result = new PairMaker(Options(folder, "small") with { Degradation = new() { HevcShare = 1 } })
            .Run(null, TestContext.Current.CancellationToken);
        Assert.Contains("24x18 are too small for hevc", Assert.Single(result.Failures).Message);
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        PairOptions options = new() { OutData = "x", Root = "y" };
        Assert.Throws<ArgumentException>(() => new PairMaker(options with { Root = null }));
        Assert.Throws<ArgumentException>(() => new PairMaker(options with { Variants = 0 }));
        Assert.Throws<ArgumentException>(() => new PairMaker(options with { Jobs = 0 }));
        Assert.Throws<ArgumentException>(() => new PairMaker(options with { Degradation = new() { Crf = new(0, 90) } }));
        Assert.Throws<ArgumentException>(() => new PairMaker(options with { Stills = new() { Folder = "z", Size = 70 } }));
        Assert.Throws<ArgumentException>(() => new PairMaker(options with { Stills = new() { Folder = "z", Frames = 2 } }));
        Assert.Throws<ArgumentException>(() => new PairMaker(options with { Stills = new() { Folder = "z", Count = 0 } }));
    }

    private static byte[] Degraded(FrameDegrader degrader, int frame, byte[] hr)
    {
        byte[] lr = new byte[3 * degrader.Width * degrader.Height];
        degrader.Degrade(frame, hr, lr);
        return lr;
    }

    private static double Deviation(double[] first, double[] second) =>
        Math.Sqrt(first.Zip(second).Average(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
