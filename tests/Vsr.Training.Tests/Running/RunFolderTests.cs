using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Checkpoints;
using Vsr.Training.Running;

namespace Vsr.Training.Tests.Running;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void AFolderWithARunIsNotOverwritten()
    {
        RunFolder folder = new(_temporary.File("run"));
        folder.Create();
        folder.WriteSettings(new TrainingOptions { Root = "clips" });

        VsrException failure = Assert.Throws<VsrException>(folder.Create);

        Assert.Contains("--resume", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(Path.GetFullPath("clips"), folder.ReadSettings()!.Root);      // holds in every current folder
    }

    [Fact]
    public void AFolderOfOtherThingsIsRefused()
    {
        RunFolder folder = new(_temporary.Path);
        foreach (string name in new[] { "tensorboard.log", "run.json", "slurm-1.out", "notes.txt", ".gitignore" })
        {
            File.WriteAllText(_temporary.File(name), "");
        }

        Directory.CreateDirectory(_temporary.File(".cache"));
        folder.Create();

        Directory.CreateDirectory(_temporary.File("train"));
        File.WriteAllText(_temporary.File("clip.mp4"), "");
        VsrException failure = Assert.Throws<VsrException>(folder.Create);
        Assert.EndsWith("holds other things than a training run: clip.mp4, train", failure.Message, StringComparison.Ordinal);

        for (int i = 0; i < 9; i++)
        {
            File.WriteAllText(_temporary.File($"{i}.png"), "");
        }

        failure = Assert.Throws<VsrException>(folder.Create);
        Assert.EndsWith(": 0.png, 1.png, 2.png, 3.png, 4.png, 5.png and 5 more", failure.Message, StringComparison.Ordinal);
        Assert.Contains("another --out", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherSettingsThanTheRunsAreListed()
    {
        TrainingOptions stored = new() { Seed = 1, Channels = 64, Steps = 10 };

        ResumeCheck.RequireSameSettings(stored, stored with { Steps = 20, CheckpointEvery = 7, Minutes = 1 });
        CheckpointException failure = Assert.Throws<CheckpointException>(
            () => ResumeCheck.RequireSameSettings(stored, stored with { Seed = 2, Channels = 32, Batch = 3 }));

        Assert.Equal(3, failure.Keys.Count);
        Assert.Contains("Channels was 64, is 32", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Batch was not given, is 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedStateIsRefusedWithItsFolder()
    {
        string folder = _temporary.File("step-00000001");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "state.json"), "{ \"Step\": 1");

        CheckpointException failure = Assert.Throws<CheckpointException>(() => CheckpointState.Read(folder));

        Assert.Equal(folder, failure.Path);
    }

    [Fact]
    public void TheBudgetEndsByWhicheverComesFirst()
    {
        TrainingBudget budget = new(100, TimeSpan.FromSeconds(50));

        Assert.Equal(0.5, budget.Fraction(50, TimeSpan.FromSeconds(10)));
        Assert.Equal(0.8, budget.Fraction(50, TimeSpan.FromSeconds(40)));
        Assert.True(budget.IsOver(100, TimeSpan.Zero));
        Assert.True(budget.IsOver(0, TimeSpan.FromSeconds(50)));
        Assert.False(budget.IsOver(99, TimeSpan.FromSeconds(49)));
        Assert.Equal(TimeSpan.FromSeconds(10), budget.Remaining(50, TimeSpan.FromSeconds(40)));
    }
}
