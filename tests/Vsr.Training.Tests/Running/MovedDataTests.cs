using TorchSharp;
using Vsr.Data.Preparation;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Running;

namespace Vsr.Training.Tests.Running;

/// <summary>Whole runs on clips of the test's making that are resumed after their data moved.</summary>
public sealed class MovedDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MovedDataTests()
    {
        OneThread.Ensure();
        foreach (string name in new[] { "all/data/train/b.mp4", "all/data/train/a.mp4", "all/data/val/v.mp4" })
        {
            WriteClip(name);
        }

        MadeData.WriteStill(_folder.File("all/stills/photo.png"));
    }

    public static TheoryData<string, TrainingOptions> Runs => new()
    {
        { "windows of clips", TinyRun.VsrNet(12) with { ValidateEvery = 0 } },
        { "pools of clips and stills", TinyRun.Options(12) with { Stills = "stills", PoolClips = 4, PoolStills = 4, FlowSteps = 2, FlowLevels = 2 } },
        { "pairs", TinyRun.Options(12) with { Pairs = "pairs", PoolClips = 4, FlowPretraining = false } },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Runs))]
    public void ARunWhoseDataMovedGoesOnToTheBit(string name, TrainingOptions options)
    {
        _ = name;
        MakePairs();
        options = In(options, "all");
        TrainingRun.Start(options with { Out = _folder.File("whole") }, torch.CPU, new RecordingObserver(), Token);
        Stop(options);
        Directory.Move(_folder.File("all"), _folder.File("elsewhere"));
        RecordingObserver observer = new();

        TrainingRun.Resume(In(options, "elsewhere"), torch.CPU, observer, Token);

        Assert.Empty(observer.Warnings);
        Assert.Equal(12, TinyRun.Losses(_folder.File("run")).Length);
        Assert.Equal(TinyRun.Losses(_folder.File("whole")), TinyRun.Losses(_folder.File("run")));
        TrainingOptions kept = TrainingRun.ReadSettings(_folder.File("run"));
        Assert.StartsWith(_folder.File("elsewhere"), kept.Pairs ?? kept.Root, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondTrainingInTheFolderIsRefusedWhileTheFirstGoesOn()
    {
        TrainingOptions options = In(TinyRun.VsrNet(12) with { ValidateEvery = 0, CheckpointEvery = 0 }, "all");
        VsrException? refusal = null;
        RecordingObserver first = new(_ => refusal ??= Assert.Throws<VsrException>(
            () => TrainingRun.Resume(options, torch.CPU, new RecordingObserver(), Token)));

        TrainingRun.Start(options, torch.CPU, first, Token);

        Assert.Contains("another 'vsr train' is writing to", refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(12, TinyRun.Losses(_folder.File("run")).Length);
        Assert.Empty(Directory.GetFiles(_folder.File("run"), ".vsr-*"));
    }

    [Fact]
    public void ARunWithoutACheckpointSaysThatItBeginsAnew()
    {
        TrainingOptions options = In(TinyRun.VsrNet(12) with { ValidateEvery = 0 }, "all");
        Stop(options);
        Directory.Delete(_folder.File("run/checkpoints"), recursive: true);
        RecordingObserver observer = new();

        TrainingRun.Resume(options, torch.CPU, observer, Token);

        Assert.Contains(observer.Messages, line => line.EndsWith("run has no checkpoint yet: the run begins anew", StringComparison.Ordinal));
    }

    [Fact]
    public void OtherDataAreRefusedWithTheFirstDifference()
    {
        TrainingOptions options = In(TinyRun.VsrNet(12) with { ValidateEvery = 0 }, "all");
        Stop(options);
        TrainingOptions moved = In(options, "other");
        WriteClip("other/data/train/a.mp4");
        WriteClip("other/data/val/v.mp4");

        Refuse("train/b.mp4 is missing");
        WriteClip("other/data/train/b.mp4", frames: 9);
        Refuse("train/b.mp4 has 9 frames of 128x96, it had 24 frames of 128x96");
        WriteClip("other/data/train/b.mp4", width: 96);
        Refuse("train/b.mp4 has 24 frames of 96x96, it had 24 frames of 128x96");
        WriteClip("other/data/train/b.mp4");
        WriteClip("other/data/train/0.mp4");
        Refuse("train/0.mp4 is new");
        File.Delete(_folder.File("other/data/train/0.mp4"));
        File.Move(_folder.File("other/data/val/v.mp4"), _folder.File("other/data/val/w.mp4"));
        Refuse("v.mp4 is missing");
        Assert.Equal(_folder.File("all/data"), TrainingRun.ReadSettings(options.Out).Root);

        void Refuse(string difference)
        {
            CheckpointException failure = Assert.Throws<CheckpointException>(
                () => TrainingRun.Resume(moved, torch.CPU, new RecordingObserver(), Token));
            Assert.Contains(difference, failure.Message, StringComparison.Ordinal);
            Assert.Contains(_folder.File("other"), failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DataThatAreGoneAreNamedWithTheOptionForTheirNewPlace()
    {
        TrainingOptions options = In(TinyRun.VsrNet(12) with { ValidateEvery = 0 }, "all");
        Stop(options);
        Directory.Move(_folder.File("all"), _folder.File("elsewhere"));

        VsrException failure = Assert.Throws<VsrException>(() => TrainingRun.Resume(options, torch.CPU, new RecordingObserver(), Token));

        Assert.Contains($"--root {_folder.File("all/data")}, which is not there", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--root DIR", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void ClipsThatWereAddedInTheOldFolderAreAWarning()
    {
        TrainingOptions options = In(TinyRun.VsrNet(12) with { ValidateEvery = 0 }, "all");
        Stop(options);
        WriteClip("all/data/train/c.mp4");
        RecordingObserver observer = new();

        TrainingRun.Resume(options, torch.CPU, observer, Token);

        Assert.Contains(observer.Warnings, line => line.Contains("train/c.mp4 is new", StringComparison.Ordinal));
    }

    [Fact]
    public void ARunOfBeforeThatHasNoListOfClipsTakesTheNewFolderWithAWarning()
    {
        TrainingOptions options = In(TinyRun.VsrNet(12) with { ValidateEvery = 0 }, "all");
        Stop(options);
        File.Delete(_folder.File("run/clips.json"));
        string settings = _folder.File("run/settings.json");
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder.File("all/data"));
        File.WriteAllText(settings, RunFolder.ToJson(TrainingRun.ReadSettings(options.Out) with { Root = relative }));
        Directory.Move(_folder.File("all"), _folder.File("elsewhere"));
        RecordingObserver observer = new();

        TrainingRun.Resume(In(options, "elsewhere"), torch.CPU, observer, Token);

        Assert.Contains(observer.Warnings, line => line.Contains("has no list of its clips", StringComparison.Ordinal));
        Assert.Equal(12, TinyRun.Losses(options.Out).Length);
        Assert.True(File.Exists(_folder.File("run/clips.json")));
    }

    private TrainingOptions In(TrainingOptions options, string place) => options with
    {
        Root = options.Pairs is null ? _folder.File(place + "/data") : "",
        Pairs = options.Pairs is null ? null : _folder.File(place + "/pairs"),
        Stills = options.Stills is null ? null : _folder.File(place + "/stills"),
        Out = _folder.File("run"),
    };

    private void MakePairs() => new PairMaker(new PairOptions { Root = _folder.File("all/data"), OutData = _folder.File("all/pairs"), Seed = 1 })
        .Run(null, Token);

    /// <summary>Starts the run and stops it after eight of its twelve steps.</summary>
    private static void Stop(TrainingOptions options)
    {
        using CancellationTokenSource stop = new();
        RecordingObserver observer = new(progress =>
        {
            if (progress.Step >= 8 && progress.Step < 12)
            {
                stop.Cancel();
            }
        });
        TrainingResult result = TrainingRun.Start(options, torch.CPU, observer, stop.Token);
        Assert.True(result.WasInterrupted);
    }

    private void WriteClip(string name, int frames = 24, int width = 128) =>
        MadeData.WriteClip(_folder.File(name), phase: Path.GetFileName(name)[0], frames, width);
}
