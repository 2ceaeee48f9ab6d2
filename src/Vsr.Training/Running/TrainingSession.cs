using System.Text.Json.Nodes;
using Vsr.Models;
using Vsr.Training.Checkpoints;
using Vsr.Training.Logging;
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
    private readonly TimeSpan _elapsedBefore;
    private readonly long _stepsBefore;

    private long _lastStep;
    private TimeSpan _lastElapsed;
    private TimeSpan _lastDataTime;
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
        _parameters = new TrainedParameters(task.Network, device, options.Precision == "bf16");
        string? latest = _checkpoints.List().Select(entry => entry.Path).FirstOrDefault();
        CheckpointState? state = latest is null ? null : CheckpointState.Read(latest);
        _clock = new TrainingClock(time, TimeSpan.FromSeconds(state?.ElapsedSeconds ?? 0));
        ILearningRateSchedule schedule = LearningRateSchedule.Create(options.Schedule, options.WarmUpSteps!.Value);
        _trainer = new Trainer(task, _parameters, schedule, options.LearningRate!.Value, budget, _clock, device, options.Eager, observer);
        if (state is not null)
        {
            Checkpoint.Read(latest!, _parameters, _trainer.Optimizer);
            _trainer.StepsMade = state.Step;
            _trainer.Optimizer.Steps = state.OptimizerStep;
            task.RestoreSource(state.Source);
            observer.Message($"goes on from {latest}, step {state.Step}");
        }

        _stepsBefore = _lastStep = _trainer.StepsMade;
        _lastDataTime = task.DataTime;
        _elapsedBefore = _lastElapsed = _lastRenewal = _clock.Elapsed;
    }

    /// <summary>Called after every N steps with the number of steps; returns figures to log. Null where there is no validation.</summary>
    public Func<long, JsonObject>? Validate { get; init; }

    /// <summary>Training time over all sessions.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Trains until the budget is spent or the token is cancelled; either way with a checkpoint and weights at the end.</summary>
    public TrainingResult Run(CancellationToken cancellation)
    {
        using MetricsLog metrics = _stepsBefore > 0 ? MetricsLog.Resume(_folder.Metrics, _stepsBefore) : MetricsLog.Create(_folder.Metrics);
        using TensorBoardWriter tensorBoard = new(_folder.TensorBoard, _time);
        tensorBoard.Text("config", $"```\n{System.Text.Json.JsonSerializer.Serialize(_options)}\n```");
        _lastCheckpoint = _time.GetTimestamp();
        _trainer.Run(IsDue, block => AfterBlock(block, metrics, tensorBoard), cancellation);
        Save(metrics);
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

    private bool IsDue(long step) => IsEvery(step, _options.CheckpointEvery) || IsEvery(step, _options.ValidateEvery);

    private static bool IsEvery(long step, long interval) => interval > 0 && step % interval == 0;

    private void AfterBlock(IReadOnlyList<(float Loss, double LearningRate)> block, MetricsLog metrics, TensorBoardWriter tensorBoard)
    {
        long step = _trainer.StepsMade - block.Count;
        double dataMs = (_task.DataTime - _lastDataTime).TotalMilliseconds / block.Count;
        _lastDataTime = _task.DataTime;
        foreach ((float loss, double learningRate) in block)
        {
            RequireFinite(loss, ++step);
            metrics.Step(step, loss, learningRate, step == _trainer.StepsMade ? dataMs : null);
            tensorBoard.Scalar("train_loss", step, loss);
            tensorBoard.Scalar("learning_rate", step, learningRate);
        }

        tensorBoard.Scalar("data_ms", step, dataMs);
        metrics.Flush();
        Report(block);
        if (Validate is not null && IsEvery(step, _options.ValidateEvery))
        {
            RunValidation(step, metrics, tensorBoard);
        }

        if (IsCheckpointDue(step) && !_trainer.IsOver)
        {
            Save(metrics);
            tensorBoard.Flush();
        }

        RenewWhenDue();
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

    private void RunValidation(long step, MetricsLog metrics, TensorBoardWriter tensorBoard)
    {
        WriteWeights();
        JsonObject figures = Validate!(step);
        foreach ((string name, JsonNode? value) in figures)
        {
            tensorBoard.Scalar(name, step, value!.GetValue<double>());
        }

        if (figures.Count > 0)
        {
            figures.Insert(0, "step", step);
            metrics.Append(figures);
        }
    }

    private bool IsCheckpointDue(long step) => _options.CheckpointEvery > 0
        ? IsEvery(step, _options.CheckpointEvery)
        : _time.GetElapsedTime(_lastCheckpoint).TotalSeconds >= _options.CheckpointSeconds;

    private void Save(MetricsLog metrics)
    {
        metrics.Flush(toDisk: true);
        _checkpoints.Save(_trainer.StepsMade, folder =>
        {
            Checkpoint.Write(folder, _parameters, _trainer.Optimizer);
            new CheckpointState
            {
                Step = _trainer.StepsMade,
                ElapsedSeconds = _clock.Elapsed.TotalSeconds,
                OptimizerStep = _trainer.Optimizer.Steps,
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
