using TorchSharp;
using Vsr.Data.Preparation;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;
using static Vsr.Data.Tests.Preparation.MadePairs;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Photographs in motion are the pool's sequences, kept nearly without loss, and degraded like clips.</summary>
public class StillPairTests
{
    private const int Size = 96;
    private const int Frames = 8;

    public StillPairTests() => TorchTestBackend.Ensure();

    [Fact]
    public void SequencesAreThePoolsKeptNearlyWithoutLoss()
    {
        using TemporaryFolder folder = Photographs();
        PreparationResult result = Make(Options(folder, count: 3));
        Assert.Equal(3, result.Made);
        using DisposeScope scope = NewDisposeScope();
        Tensor[] stills = [.. Directory.GetFiles(folder.File("stills")).Order(StringComparer.Ordinal)
            .Select(path => tensor(PictureFile.ReadRgb(path).Samples8.ToArray()).reshape(3, 200, 240))];
        using MotionPool pool = MotionPool.Render(
            stills, 3, 9, CPU, new MotionPoolOptions { FrameCount = Frames, Size = Size }, cancellation: TestContext.Current.CancellationToken);
        for (int j = 0; j < 3; j++)
        {
            List<byte[]> written = Rgb(folder.File($"pairs/hr/still-{j:00000}.mp4"));
            Assert.Equal(Frames, written.Count);
            for (int i = 0; i < Frames; i++)
            {
                double psnr = FilmFrames.Psnr(written[i], pool.Frames[j, i].contiguous().bytes.ToArray(), 8);
                Assert.True(psnr > 48, $"sequence {j}, frame {i}: {psnr} dB");
            }

            Assert.Equal(Frames, Rgb(folder.File($"pairs/lr/still-{j:00000}-v0.mp4")).Count);
            Assert.Equal($"hr/still-{j:00000}.mp4", (string)Manifest(folder.File("pairs"))["pairs"]![j]!["hr"]!);
        }
    }

    [Fact]
    public void ACancelledRunGoesOnToTheSameBytes()
    {
        using TemporaryFolder folder = Photographs();
        Make(Options(folder, count: 4));
        PairOptions halved = Options(folder, count: 4) with { OutData = folder.File("halved"), Jobs = 1 };
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => new PairMaker(halved).Run(new StopAt("stills", 20, stop), stop.Token));
        Assert.Equal(["hr/still-00000.mp4", "hr/still-00001.mp4", "manifest.json"], Contents(folder.File("halved")).Keys.Order(StringComparer.Ordinal));
        Make(halved);
        Assert.Equal(
            Contents(folder.File("pairs")).Where(file => file.Key != "manifest.json"),
            Contents(folder.File("halved")).Where(file => file.Key != "manifest.json"));
    }

    [Fact]
    public void OtherPicturesAreOtherSettings()
    {
        using TemporaryFolder folder = Photographs();
        Make(Options(folder, count: 1));
        File.Delete(folder.File("stills/1.png"));
        Assert.Contains("stills_pictures \"2 of", Assert.Throws<VsrException>(() => Make(Options(folder, count: 1))).Message);
    }

    [Fact]
    public void FoldersWithoutUsablePicturesAreRefused()
    {
        using TemporaryFolder folder = Photographs();
        foreach (string path in Directory.GetFiles(folder.File("stills")))
        {
            File.Delete(path);
        }

        Assert.Contains("there is no picture", Assert.Throws<VsrException>(() => Make(Options(folder, count: 1))).Message);
        PictureFile.Write(folder.File("stills/small.png"), RgbImage.FromRgb8(40, 40, new byte[3 * 40 * 40]));
        Assert.Contains("at least 64 pixels each way", Assert.Throws<VsrException>(() => Make(Options(folder, count: 1))).Message);
    }

    [Fact]
    public void SmallPicturesAreLeftOutWithAWarning()
    {
        using TemporaryFolder folder = Photographs();
        PictureFile.Write(folder.File("stills/icon.png"), RgbImage.FromRgb8(200, 63, new byte[3 * 200 * 63]));
        File.WriteAllText(folder.File("stills/torn.png"), "no picture");
        List<string> warnings = [];

        IReadOnlyList<Tensor> pictures = StillFolder.Read(folder.File("stills"), warnings.Add);

        Assert.Equal(2, pictures.Count);
        Assert.Equal(2, warnings.Count);
        Assert.EndsWith("icon.png is left out: it has 200x63 pixels, stills at least 64 each way", warnings[0], StringComparison.Ordinal);
        Assert.Contains("torn.png is left out", warnings[1], StringComparison.Ordinal);
        foreach (Tensor picture in pictures)
        {
            picture.Dispose();
        }
    }

    private static PairOptions Options(TemporaryFolder folder, int count) => new()
    {
        OutData = folder.File("pairs"),
        Seed = 9,
        Degradation = new() { HevcShare = 0 },
        Stills = new() { Folder = folder.File("stills"), Count = count, Frames = Frames, Size = Size },
    };

    private static TemporaryFolder Photographs()
    {
        TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("stills"));
        Random random = new(3);
        for (int still = 0; still < 2; still++)
        {
            byte[] planar = new byte[3 * 200 * 240];
            for (int i = 0; i < planar.Length; i++)
            {
                planar[i] = (byte)(128 + (90 * Math.Sin(i * 0.07 * (still + 1))) + random.Next(-20, 21));
            }

            PictureFile.Write(folder.File($"stills/{still}.png"), RgbImage.FromRgb8(240, 200, planar));
        }

        return folder;
    }
}
