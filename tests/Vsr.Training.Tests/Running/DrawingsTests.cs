using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Running;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Running;

/// <summary>Runs with drawn pictures among their stills.</summary>
public sealed class DrawingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DrawingsTests()
    {
        TorchTestBackend.Ensure();
        MadeData.WriteClip(_folder.File("data/a.mp4"));
        MadeData.WriteStill(_folder.File("stills/photo.png"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "4 stills, 3 drawn")]
    [InlineData(false, "27 stills, 3 drawn, the others taken from the clips")]
    public void DrawingsAreAddedToTheStillsOrToFramesOfTheClips(bool hasStills, string expected)
    {
        RecordingObserver observer = new();
        TrainingOptions options = Options(4, "run") with { Stills = hasStills ? _folder.File("stills") : null, CheckpointEvery = 0 };

        TrainingRun.Start(options, torch.CPU, observer, Token);

        Assert.Contains(expected, observer.Messages);
        Assert.Contains(observer.Messages, message => message.StartsWith("3 pictures drawn in ", StringComparison.Ordinal));
    }

    [Fact]
    public void AResumedRunHasTheSameDrawingsToTheBitAndOthersAreRefused()
    {
        TrainingOptions options = Options(8, "whole");
        TrainingRun.Start(options, torch.CPU, new RecordingObserver(), Token);
        using CancellationTokenSource stop = new();
        RecordingObserver halfway = new(progress =>
        {
            if (progress.Step == 4)
            {
                stop.Cancel();
            }
        });
        Assert.True(TrainingRun.Start(options with { Out = _folder.File("halved") }, torch.CPU, halfway, stop.Token).WasInterrupted);

        TrainingOptions stored = TrainingRun.ReadSettings(_folder.File("halved"));
        Assert.Equal(3, stored.Drawings);
        CheckpointException failure = Assert.Throws<CheckpointException>(() => TrainingRun.Resume(
            stored with { Drawings = 4 }, torch.CPU, new RecordingObserver(), Token));
        Assert.Contains("Drawings", failure.ToString(), StringComparison.OrdinalIgnoreCase);

        TrainingRun.Resume(stored, torch.CPU, new RecordingObserver(), Token);
        Assert.Equal(TinyRun.Losses(_folder.File("whole")), TinyRun.Losses(_folder.File("halved")));
    }

    [Fact]
    public void DrawingsBringAPoolOfStillsAndAreTrainedOn()
    {
        TrainingOptions plain = new() { Root = "clips", Out = "run", Steps = 1 };
        Assert.Equal((0, 60, 40), (plain.Resolve(false).PoolStills, (plain with { Drawings = 5 }).Resolve(false).PoolStills, (plain with { Drawings = 5 }).Resolve(false).PoolClips));
        Assert.Equal(2500, (plain with { Drawings = 5 }).Resolve(true).PoolStills);

        TrainingRun.Start(Options(4, "one") with { CheckpointEvery = 0 }, torch.CPU, new RecordingObserver(), Token);
        TrainingRun.Start(Options(4, "other") with { CheckpointEvery = 0, Drawings = 0 }, torch.CPU, new RecordingObserver(), Token);
        Assert.NotEqual(TinyRun.Losses(_folder.File("one"))[^1], TinyRun.Losses(_folder.File("other"))[^1]);
    }

    [Theory]
    [InlineData("recurrent", 3, "27 stills, 3 drawn, the others taken from the clips")]
    [InlineData("recurrent", 0, "24 stills taken from the clips")]
    [InlineData("flow", 3, "pool of 8 pairs from 27 stills, 128x128, mean motion ")]
    public void ClipsTooSmallForStillsAreLeftOutByName(string network, int drawings, string expected)
    {
        string low = _folder.File("data/low.mp4");
        MadeData.WriteClip(low, width: 160, height: 48);
        RecordingObserver observer = new();
        TrainingRun.Start(FromClips(network, drawings), torch.CPU, observer, Token);
        Assert.Contains($"{low} gives no stills: 160x48 is below 64 pixels a side", observer.Warnings);
        Assert.Contains(observer.Messages, message => message.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("recurrent")]
    [InlineData("flow")]
    public void WithoutALargeClipDrawingsSufficeAndNothingIsAnError(string network)
    {
        File.Delete(_folder.File("data/a.mp4"));
        MadeData.WriteClip(_folder.File("data/low.mp4"), width: 160, height: 48);
        TrainingRun.Start(FromClips(network, drawings: 1), torch.CPU, new RecordingObserver(), Token);

        TrainingOptions without = FromClips(network, drawings: 0) with { Out = _folder.File("without") };
        VsrException failure = Assert.Throws<VsrException>(() => TrainingRun.Start(without, torch.CPU, new RecordingObserver(), Token));
        Assert.Contains("no clip has frames of 64 pixels or more a side", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("add --stills DIR", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void VsrNetTrainsOnDrawingsFromAPoolOfStills()
    {
        TrainingOptions plain = TinyRun.VsrNet(2) with
        {
            Root = _folder.File("data"),
            Out = _folder.File("plain"),
            CropHeight = 32,
            CropWidth = 32,
            PoolStills = 4,
            StillShare = 1,
        };
        RecordingObserver observer = new();
        TrainingRun.Start(plain, torch.CPU, observer, Token);
        TrainingRun.Start(plain with { Drawings = 30, Out = _folder.File("drawn") }, torch.CPU, observer, Token);
        Assert.Contains("54 stills, 30 drawn, the others taken from the clips", observer.Messages);
        Assert.NotEqual(TinyRun.Losses(_folder.File("plain")), TinyRun.Losses(_folder.File("drawn")));
    }

    [Fact]
    public void DrawingSaysHowFarItIsAndCanBeStopped()
    {
        RecordingObserver observer = new();
        using (StillPictures pictures = StillPictures.Draw(12, 3, observer, Token, TimeSpan.FromMilliseconds(1)))
        {
            Assert.All(pictures.Pictures, picture => Assert.Equal(ScalarType.Byte, picture.dtype));
            Assert.Equal(DrawnStills.Draw(3, 11).Samples8, pictures.Pictures[11].bytes);
        }

        Assert.Contains(observer.Messages, message => message.EndsWith(" of 12 pictures drawn", StringComparison.Ordinal));
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => StillPictures.Draw(12, 3, observer, stop.Token));
    }

    // a picture is 1.5 MB; what it is drawn with goes, however many there are
    [Fact]
    [Trait("Category", "Slow")]
    public void DrawingKeepsNothingButThePictures()
    {
        const int few = 10;
        const int many = 120;
        DrawnStills.DrawAll(few, 1, threads: null, Token);
        long smaller = Peak(few);
        double perPicture = (Peak(many) - smaller) / (1e6 * (many - few));
        Assert.True(perPicture < 2.5, $"{perPicture:0.00} MB a picture");

        static long Peak(int count) => ProcessMemory.PeakOf(() => StillPictures.Draw(count, 1, new RecordingObserver(), Token).Dispose());
    }

    private TrainingOptions FromClips(string network, int drawings) => network == "flow"
        ? new TrainingOptions
        {
            Network = network,
            Root = _folder.File("data"),
            Out = _folder.File("run"),
            Steps = 1,
            Batch = 1,
            Crop = 64,
            PoolStills = 8,
            Drawings = drawings,
        }
        : Options(1, "run") with { Stills = null, Drawings = drawings, PoolClips = 0, CheckpointEvery = 0 };

    private TrainingOptions Options(long steps, string run) => TinyRun.Options(steps) with
    {
        Root = _folder.File("data"),
        Stills = _folder.File("stills"),
        Drawings = 3,
        Out = _folder.File(run),
        PoolClips = 2,
        PoolStills = 8,
        StillShare = 1,
        FlowPretraining = false,
        FlowLevels = 2,
        FlowChannels = 8,
        Schedule = "constant",
    };
}
