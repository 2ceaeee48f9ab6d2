using System.Text.Json.Nodes;
using Vsr.Models;
using Vsr.Training.Checkpoints;
using Vsr.Training.Optimization;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>One network's training in a folder: the loop, and around it logs, checkpoints, validation and weights.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly ITrainingTask _task;
    private readonly RunFolder _folder;
    private readonly ITrainingObserver _observer;
    private readonly TimeProvider _time;
    private readonly TrainingBudget _budget;
    private readonly TrainedParameters _parameters;
    private readonly CheckpointFolder _checkpoints;
    private readonly TrainingClock _clock;
    private readonly Trainer _trainer;
    private readonly LossScaleWatch? _scale;
    private readonly TimeSpan _elapsedBefore;
    private readonly long _stepsBefore;
    private readonly EpochTimes _times = new();

    private long _lastStep;
    private TimeSpan _lastElapsed;
    private TimeSpan _lastDataTime;
    private long _lastValidation = -1;
    private TimeSpan _lastRenewal;
    private long _lastCheckpoint;      // timestamp

    /// <param name="options">All settings, defaults filled in.</param>
    /// <param name="task">What is trained; stays the caller's.</param>
    /// <param name="budget">How long.</param>
    /// <param name="folder">Where; its newest checkpoint is where the session goes on.</param>
    /// <param name="device">The device of the task.</param>
    /// <param name="observer">Hears how it goes.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CheckpointException">The newest checkpoint does not fit.</exception>
    public TrainingSession(
        TrainingOptions options, ITrainingTask task, TrainingBudget budget, RunFolder folder, Device device,
        ITrainingObserver observer, TimeProvider time)
    {
        _options = options;
        _task = task;
        _budget = budget;
        _folder = folder;
        _observer = observer;
        _time = time;
        _checkpoints = new CheckpointFolder(folder.Path);
        _parameters = new TrainedParameters(task.Network, device, TrainingPrecision.Of(options.Precision));
        string? latest = _checkpoints.List().Select(entry => entry.Path).FirstOrDefault();
        CheckpointState? state = latest is null ? null : CheckpointState.Read(latest);
        _clock = new TrainingClock(time, TimeSpan.FromSeconds(state?.ElapsedSeconds ?? 0));
        double learningRate = options.LearningRate!.Value;
        ILearningRateSchedule schedule = LearningRateSchedule.Create(
            options.Schedule!, options.WarmUpSteps!.Value, options.MinLearningRate / learningRate, options.CycleSteps);
        _trainer = new Trainer(
            task, _parameters, schedule, learningRate, budget, _clock, device, options.Eager, observer, TrainerSettings.Of(options));
        _scale = _trainer.Scale is null ? null : new LossScaleWatch(_trainer.Scale);
        if (state is not null)
        {
            Checkpoint.Read(latest!, _parameters, _trainer.Optimizer);
            _trainer.StepsMade = state.Step;
            _trainer.Optimizer.Steps = state.OptimizerStep;
            if (_trainer.Scale is { } scale)
            {
                state.LossScale?.Restore(scale);
            }

            task.RestoreSource(state.Source);
            observer.Message($"goes on from {latest}, step {state.Step}");
        }

        _stepsBefore = _lastStep = _trainer.StepsMade;
        _lastDataTime = task.DataTime;
        _elapsedBefore = _lastElapsed = _lastRenewal = _clock.Elapsed;
    }

    /// <summary>How long an epoch is, for the times of its steps; null writes none.</summary>
    public EpochLength? Epoch { get; init; }

    /// <summary>Called after every N steps with the number of steps; returns figures to log. Null where there is no validation.</summary>
    public Func<long, JsonObject>? Validate { get; init; }

    /// <summary>Training time over all sessions.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Trains until the budget is spent or the token is cancelled; either way with a checkpoint and weights at the end.</summary>
    public TrainingResult Run(CancellationToken cancellation)
    {
        using TrainingLogs logs = new(_options, _folder, _stepsBefore, _time);
        _lastCheckpoint = _time.GetTimestamp();
        _trainer.Run(IsDue, block => AfterBlock(block, logs), cancellation);
        if (_trainer.IsOver && Validate is not null && _trainer.StepsMade > _stepsBefore && _lastValidation != _trainer.StepsMade)
        {
            RunValidation(_trainer.StepsMade, logs);
        }

        if (_trainer.IsOver)
        {
            logs.End();
        }

        Save(logs);
        if (_scale?.Skipped(_trainer.StepsMade) is { } skipped)
        {
            _observer.Message(skipped);
        }

        double steps = _trainer.StepsMade - _stepsBefore;
        double perStep = steps > 0 ? (_clock.Elapsed - _elapsedBefore).TotalMilliseconds / steps : 0;
        return new TrainingResult(_trainer.StepsMade, !_trainer.IsOver, _folder.Weights, perStep);
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _parameters.Dispose();
    }

    /// <summary>Writes the averaged weights as float16, for shipping.</summary>
    public void ExportFloat16(string path) =>
        Checkpoint.WriteWeights(path, _parameters, SafetensorsType.F16, WeightsMetadata());

    private bool IsDue(long step) => IsEvery(step, _options.CheckpointEvery) || IsEvery(step, _options.ValidateEvery ?? 0)
        || IsEvery(step, _options.ImageEvery ?? 0) || Epoch?.EndsAt(step) == true;

    private static bool IsEvery(long step, long interval) => interval > 0 && step % interval == 0;

    private void AfterBlock(IReadOnlyList<(float Loss, double LearningRate)> block, TrainingLogs logs)
    {
        long step = _trainer.StepsMade;
        for (int i = 0; i < block.Count; i++)
        {
            RequireFinite(block[i].Loss, step - block.Count + 1 + i);
        }

        TimeSpan dataTime = _task.DataTime - _lastDataTime;
        _lastDataTime = _task.DataTime;
        logs.Steps(step, block, dataTime.TotalMilliseconds / block.Count, _clock.Elapsed);
        _times.Add(block.Count, _clock.Elapsed - _lastElapsed, dataTime);
        if (Epoch?.EndsAt(step) == true)
        {
            foreach ((string tag, double milliseconds) in _times.Take())
            {
                logs.Scalar(tag, step, milliseconds);
            }
        }

        if (_scale?.Check(step) is { } scale)
        {
            logs.Scalar("loss_scale", step, scale);
        }

        Report(block);
        if (IsEvery(step, _options.ImageEvery ?? 0))
        {
            logs.Pictures(step, _task.Pictures());
        }

        if (Validate is not null && IsEvery(step, _options.ValidateEvery ?? 0))
        {
            RunValidation(step, logs);
        }

        if (IsCheckpointDue(step) && !_trainer.IsOver)
        {
            Save(logs);
        }

        RenewWhenDue();
        logs.BeginBlock();
    }

    private void Report(IReadOnlyList<(float Loss, double LearningRate)> block)
    {
        TimeSpan elapsed = _clock.Elapsed;
        _observer.Progress(new TrainingProgress(
            _task.Network.Architecture,
            _trainer.StepsMade,
            _budget.Steps,
            _budget.Fraction(_trainer.StepsMade, elapsed),
            block.Average(entry => entry.Loss),
            block[^1].LearningRate,
            (elapsed - _lastElapsed).TotalMilliseconds / Math.Max(1, _trainer.StepsMade - _lastStep),
            _budget.Remaining(_trainer.StepsMade, elapsed)));
        _lastStep = _trainer.StepsMade;
        _lastElapsed = elapsed;
    }

    private void RunValidation(long step, TrainingLogs logs)
    {
        WriteWeights();
        logs.Validation(step, Validate!(step));
        _lastValidation = step;
    }

    private bool IsCheckpointDue(long step) => _options.CheckpointEvery > 0
        ? IsEvery(step, _options.CheckpointEvery)
        : _time.GetElapsedTime(_lastCheckpoint).TotalSeconds >= _options.CheckpointSeconds;

    private void Save(TrainingLogs logs)
    {
        logs.Save();
        _checkpoints.Save(_trainer.StepsMade, folder =>
        {
            Checkpoint.Write(folder, _parameters, _trainer.Optimizer);
            new CheckpointState
            {
                Step = _trainer.StepsMade,
                ElapsedSeconds = _clock.Elapsed.TotalSeconds,
                OptimizerStep = _trainer.Optimizer.Steps,
                LossScale = LossScaleState.Of(_trainer.Scale),
                Options = _options,
                Source = _task.SaveSource(),
            }.Write(folder);
        });
        WriteWeights();
        _lastCheckpoint = _time.GetTimestamp();
    }

    private void WriteWeights() =>
        Checkpoint.WriteWeights(_folder.Weights, _parameters, SafetensorsType.F32, WeightsMetadata());

    private Dictionary<string, string> WeightsMetadata() => new()
    {
        ["training.steps"] = $"{_trainer.StepsMade}",
        ["training.minutes"] = FormattableString.Invariant($"{_clock.Elapsed.TotalMinutes:F2}"),
    };

    private void RenewWhenDue()
    {
        TimeSpan interval = TimeSpan.FromMinutes(_options.PoolMinutes);
        if (_budget.Time is null || interval <= TimeSpan.Zero || _trainer.IsOver || _clock.Elapsed - _lastRenewal < interval)
        {
            return;
        }

        long start = _time.GetTimestamp();
        _task.Renew();
        _task.Prepare();
        _lastRenewal = _clock.Elapsed;
        _observer.Message(FormattableString.Invariant($"new pools in {_time.GetElapsedTime(start).TotalSeconds:F1} s"));
    }

    private static void RequireFinite(float loss, long step)
    {
        if (!float.IsFinite(loss))
        {
            throw new VsrException($"the loss became {loss} at step {step}; the last checkpoint is from before")
            {
                Hint = "resume with a lower --learning-rate, or train in fp32",
            };
        }
    }
}
