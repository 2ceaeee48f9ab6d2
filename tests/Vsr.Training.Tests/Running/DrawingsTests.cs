using TorchSharp;
using Vsr.Models;
using Vsr.Tests;

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
