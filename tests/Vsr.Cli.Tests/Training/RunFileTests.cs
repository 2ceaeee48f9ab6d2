using Vsr.Cli.Training;
using Vsr.Tests;
using Vsr.Training;

namespace Vsr.Cli.Tests.Training;

public sealed class RunFileTests : IDisposable
{
    private const string Everything = """
        {
          // as in the example's run.sh
          "network": "vsrnet",
          "data": { "root": "data/540p/scenes", "crop_size": [512, 960], "batchsize": 7, "loader": "DALI", "half-size": ["a", "b"] },
          "optimization": { "fp16": true, "minLr": 1e-4, "MAX_LR": 0.001, /* L2 */ "weight_decay": 4e-4 },
          "run": { "out": "runs/1", "max_iter": 5000 },
          "logging": { "timing": true, "image_freq": 50, },
          "minutes": null,
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunFileHasTheOptionsInSectionsOrNot()
    {
        TrainingOptions options = Apply(Everything);

        Assert.Equal(
            TrainSettingsTests.Parse(
                "--network", "vsrnet", "--root", "data/540p/scenes", "--crop_size", "512", "960", "--batchsize", "7", "--loader", "video",
                "--fp16", "--min_lr", "1e-4", "--max_lr", "1e-3", "--weight_decay", "4e-4", "--out", "runs/1", "--steps", "5000", "--timing",
                "--image_freq", "50") with
            { HalfSize = options.HalfSize, Exclude = options.Exclude },
            options);
        Assert.Equal(["a", "b"], options.HalfSize);
    }

    [Fact]
    public void SetChangesTheFile()
    {
        TrainingOptions options = RunFileEntries.Apply(
            [.. new[] { "optimization.fp16=false", "batch=3", "run.out=other=folder", "crop_size=[64,96]" }.Select(RunFileEntry.Parse)],
            "--set",
            Apply(Everything));

        Assert.Equal(("fp32", 3, "other=folder"), (options.Precision, options.Batch, options.Out));
        Assert.Equal((64, 96), (options.CropHeight, options.CropWidth));
        Assert.Equal("data/540p/scenes", options.Root);
    }

    [Fact]
    public void ARunsOwnSettingsAreARunFile()
    {
        TrainingOptions stored = Apply(Everything) with
        {
            FlowPretraining = false,
            CheckpointSeconds = 7.5,
            WarmUpSteps = 3,
            CycleSteps = 40,
            Flow = "none",
        };
        stored = stored.Resolve(onGpu: true);
        string path = _folder.File("settings.json");
        File.WriteAllText(path, System.Text.Json.JsonSerializer.Serialize(stored));

        TrainingOptions read = RunFile.Apply(path, new TrainingOptions { Network = "" });

        Assert.Equal(stored with { Exclude = read.Exclude, HalfSize = read.HalfSize }, read.Resolve(onGpu: true));
        Assert.Equal(stored.HalfSize, read.HalfSize);
    }

    [Theory]
    [InlineData("""{ "weigth_decay": 1 }""", "unknown setting 'weigth_decay'; did you mean 'weight_decay'?")]
    [InlineData("""{ "data": { "roots": "x" } }""", "unknown setting 'roots'; did you mean 'root'?")]
    [InlineData("""{ "optimisation": { "fp16": true } }""", "unknown section 'optimisation'; did you mean 'optimization'?")]
    [InlineData("""{ "data": { "fp16": true } }""", "'fp16' does not belong to 'data'; it is optimization.fp16")]
    [InlineData("""{ "data": { "root": { } } }""", "'data.root' is an object")]
    [InlineData("""{ "device": "cuda" }""", "'device' is for the command line alone; add --device there")]
    [InlineData("""{ "steps": "many" }""", "Cannot parse argument 'many' for option '--steps' as a whole number.")]
    [InlineData("""{ "min_lr": "low" }""", "as a number.")]
    [InlineData("""{ "min_lr": "0,001" }""", "'0,001' for option '--min_lr' as a number. Write it with a point, as 0.5")]
    [InlineData("""{ "fp16": "yes" }""", "'fp16' is true or false, not 'yes'")]
    [InlineData("""{ "data": { "is_cropped": 1 } }""", "'is_cropped' is true or false, not '1'")]
    [InlineData("""{ "crop_size": [512] }""", "'crop_size' takes 2 values, not 1")]
    [InlineData("""{ "crop_size": [1, 2, 3] }""", "'crop_size' takes 2 values, not 3")]
    [InlineData("""{ "root": "" }""", "the value of 'root' is empty")]
    [InlineData("""{ "root": "a", "root": "b" }""", "root")]
    [InlineData("""{ "fp16": true, "precision": "bf16" }""", "--fp16 and --precision bf16 contradict")]
    [InlineData("""{ "max_iter": 1, "steps": 3 }""", "'max_iter' and 'steps' mean the same; give one")]
    [InlineData("""{ "run": { "Steps": 1 }, "max-iter": 1, "steps": null }""", "'run.Steps' and 'max-iter' mean the same; give one")]
    [InlineData("""{ "rank": 1 }""", "--rank 1 is not supported")]
    [InlineData("""{ "checkpointSeconds": "x" }""", "CheckpointSeconds")]
    [InlineData("""[1]""", "is no JSON object")]
    [InlineData("""{ "root" """, "is no valid JSON: line 1, byte 10: ")]
    [InlineData("hello", "file.json is no valid JSON: line 1, byte 1: 'h' is an invalid start of a value.")]
    public void WhatIsWrongIsNamedAndTheNearestKnownNameGiven(string text, string expected)
    {
        Exception failure = Assert.ThrowsAny<Exception>(() => Apply(text));

        Assert.True(failure is UsageException or VsrException);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.crop_size=[512, 960]")]
    [InlineData("data.crop_size=512 960")]
    [InlineData("crop-size=512,960")]
    public void SetTakesTwoValuesAsAListOrAsText(string assignment)
    {
        TrainingOptions set = RunFileEntries.Apply([RunFileEntry.Parse(assignment)], "--set", new TrainingOptions { Network = "vsrnet" });

        Assert.Equal((512, 960), (set.CropHeight, set.CropWidth));
    }

    [Fact]
    public void SetGivesASettingOnce()
    {
        RunFileEntry[] twice = [RunFileEntry.Parse("steps=1"), RunFileEntry.Parse("steps=2")];
        UsageException failure = Assert.Throws<UsageException>(() => RunFileEntries.Apply(twice, "--set", new TrainingOptions()));

        Assert.Equal("--set: 'steps' is given twice; give it once", failure.Message);
    }

    [Theory]
    [InlineData("fp16")]
    [InlineData("=true")]
    [InlineData("fp16=")]
    public void SetWantsANameAndAValue(string assignment) => Assert.Throws<UsageException>(() => RunFileEntry.Parse(assignment));

    [Fact]
    public void TheCommandLineWinsAndTheResolvedSettingsAreKept()
    {
        string clips = Directory.CreateDirectory(_folder.File("clips")).FullName;
        TrainProcess.WriteClip(Path.Combine(clips, "clip.mp4"));
        string file = _folder.File("run.json");
        string run = _folder.File("run");
        File.WriteAllText(file, $$"""
            { "network": "vsrnet", "root": "{{clips}}", "out": "{{run}}", "crop_size": [32, 48], "batchsize": 2, "max_iter": 3, "max_lr": 1e-3 }
            """);

        (int exitCode, _, string error) = Reading.VsrProcess.Run(
            "train", "--config", file, "--set", "run.seed=9", "--set", "max_iter=1", "--max_iter", "2", "--device", "cpu", "--threads", "1");

        Assert.True(exitCode == ExitCode.Success, error);
        TrainingOptions kept = TrainingRun.ReadSettings(run);
        Assert.Equal((2L, 9UL, 32, 48, 2), (kept.Steps, kept.Seed, kept.CropHeight, kept.CropWidth, kept.Batch));
        Assert.Equal(("triangular", 1e-3, 1e-6), (kept.Schedule, kept.LearningRate, kept.MinLearningRate));
        Assert.Equal(28, kept.CycleSteps);      // 16 frames have 14 windows: 7 steps an epoch, 4 epochs a cycle
        (exitCode, _, error) = Reading.VsrProcess.Run("train", "--resume", "--out", run, "--set", "seed=8", "--device", "cpu");
        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains("Seed was 9, is 8", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileEndsWith1AndAnUnknownKeyWith2AndNothingIsTouched()
    {
        string file = _folder.File("run.json");
        File.WriteAllText(file, """{ "network": "vsrnet", "rooot": "x" }""");
        string text = _folder.File("text.json");
        File.WriteAllText(text, "hello");

        Fails(ExitCode.Usage, $"vsr: {file}: unknown setting 'rooot'; did you mean 'root'?", file);
        Fails(ExitCode.Failure, $"vsr: run file {text} is no valid JSON: line 1, byte 1: 'h' is an invalid start of a value.", text);
        Fails(ExitCode.Failure, $"vsr: run file {_folder.File("none.json")}: no such file", _folder.File("none.json"));
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    private void Fails(int code, string expected, string config)
    {
        (int exitCode, string output, string error) = Reading.VsrProcess.Run("train", "--config", config, "--out", _folder.File("run"));

        Assert.Equal((code, ""), (exitCode, output));
        Assert.Equal(expected, error.Split('\n')[0]);
    }

    private TrainingOptions Apply(string text)
    {
        string path = _folder.File("file.json");
        File.WriteAllText(path, text);
        return RunFile.Apply(path, new TrainingOptions { Network = "" });
    }
}
