using TorchSharp;
using Vsr.Torch;
using Vsr.Training.Logging;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training;

/// <summary>The training loop: one task, one optimizer, one schedule, until the budget is spent.</summary>
/// <remarks>
/// On a GPU a step (reduction, forward, backward, clipping, Adam, averaging) is one CUDA graph, replayed on an input that is
/// filled ahead; learning rate and averaging weight are scalars on the device. Nothing waits for the device but the fetching of
/// losses, every <see cref="LossRing.Capacity"/> steps.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    private readonly ITrainingTask _task;
    private readonly ILearningRateSchedule _schedule;
    private readonly double _learningRate;
    private readonly TrainingBudget _budget;
    private readonly TrainingClock _clock;
    private readonly Tensor _loss;
    private readonly Tensor _averagingWeight;
    private readonly LossRing _losses;
    private readonly Device _device;
    private readonly bool _useGraph;
    private bool _noted;
    private readonly ITrainingObserver _observer;
    private readonly TrainerSettings _settings;
    private CudaGraph? _graph;
    private Action? _step;

    public Trainer(
        ITrainingTask task, TrainedParameters parameters, ILearningRateSchedule schedule, double learningRate,
        TrainingBudget budget, TrainingClock clock, Device device, bool eager, ITrainingObserver observer,
        TrainerSettings? settings = null)
    {
        _settings = settings ?? new TrainerSettings();
        _task = task;
        _schedule = schedule;
        _learningRate = learningRate;
        _budget = budget;
        _clock = clock;
        Parameters = parameters;
        Optimizer = new Optimizer(
            parameters, parameters.Names.Select(task.LearningRateFactor).ToArray(), _settings.WeightDecay, _settings.IsDecoupled);
        Scale = parameters.Precision == ScalarType.Float16 ? new LossScale(device) : null;
        _device = device;
        _observer = observer;
        _useGraph = !eager && CudaGraph.IsAvailable(device);
        _loss = zeros([], ScalarType.Float32, device).DetachFromDisposeScope();
        _averagingWeight = zeros([], ScalarType.Float32, device).DetachFromDisposeScope();
        _losses = new LossRing(device);
    }

    public TrainedParameters Parameters { get; }

    public Optimizer Optimizer { get; }

    /// <summary>Whether a step is one CUDA graph.</summary>
    public bool UsesGraph => _useGraph;

    /// <summary>Called when all of a step's work is queued; for measuring.</summary>
    public Action? StepQueued { get; init; }

    /// <summary>The loss scale of float16 training; null without.</summary>
    public LossScale? Scale { get; }

    /// <summary>Steps made, over all sessions.</summary>
    public long StepsMade { get; set; }

    /// <summary>Whether the budget is spent.</summary>
    public bool IsOver => _budget.IsOver(StepsMade, _clock.Elapsed);

    private IEnumerable<Tensor> ScaleState => Scale is null ? [] : [Scale.Scale, Scale.GoodSteps, Scale.Skipped];

    private double Fraction => _budget.Fraction(StepsMade, _clock.Elapsed);

    /// <summary>Trains until the budget is spent or the token is cancelled.</summary>
    /// <param name="isDue">Tells after how many steps something is to be done, so that a block of losses ends there.</param>
    /// <param name="afterBlock">Called with the losses of the steps since the last call; the clock stands still meanwhile.</param>
    /// <param name="cancellation">Ends the run after the step in progress.</param>
    public void Run(
        Predicate<long> isDue, Action<IReadOnlyList<(float Loss, double LearningRate)>> afterBlock, CancellationToken cancellation)
    {
        if (!IsOver)
        {
            _task.Prepare();
        }

        _clock.Start();
        bool isOver = IsOver || cancellation.IsCancellationRequested;
        while (!isOver)
        {
            if (_task.AdaptTo(Fraction) || _step is null)
            {
                _clock.Stop();
                _step = PrepareStep();
                _clock.Start();
            }

            double learningRate = SetRates();
            _task.FillInput();
            _step();
            NoteOnce();
            StepQueued?.Invoke();
            _losses.Keep(_loss, learningRate);
            StepsMade++;
            isOver = IsOver || cancellation.IsCancellationRequested;
            if (_losses.IsFull || isOver || isDue(StepsMade))
            {
                IReadOnlyList<(float, double)> block = _losses.Fetch();
                _clock.Stop();
                afterBlock(block);
                _clock.Start();
            }
        }

        _clock.Stop();
    }

    public void Dispose()
    {
        _graph?.Dispose();
        Optimizer.Dispose();
        Scale?.Dispose();
        _losses.Dispose();
        _loss.Dispose();
        _averagingWeight.Dispose();
    }

    private double SetRates()
    {
        using DisposeScope scope = NewDisposeScope();
        double learningRate = _learningRate * _schedule.Factor(StepsMade, Fraction);
        Optimizer.SetLearningRate(learningRate);
        _averagingWeight.fill_(1 - EmaDecay.At(StepsMade, _task.EmaLimit));
        return learningRate;
    }

    private void NoteOnce()
    {
        if (!_noted && _task.Note is { } note)
        {
            _observer.Message(note);
        }

        _noted = true;
    }

    /// <summary>One step on the input that is in place.</summary>
    private void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingLoss loss = _task.Loss();
        using (loss.Tape)
        {
            Parameters.Differentiate(Scale?.Apply(loss.Minimised) ?? loss.Minimised, loss.Tape);
        }

        Scale?.Unscale(Parameters.Gradients);
        if (_settings.ClipNorm > 0)
        {
            Parameters.Gradients.ClipGlobalNorm(_settings.ClipNorm);
        }

        Optimizer.Step(Scale?.Overflow);      // where gradients overflowed nothing moves, and nobody waits to know
        Scale?.Update();
        Parameters.Publish();
        using IDisposable noGrad = no_grad();
        Parameters.Average(_averagingWeight);
        _loss.copy_(loss.Reported);
    }

    /// <summary>The step as it is, or recorded for the shape of the present input.</summary>
    private Action PrepareStep()
    {
        _graph?.Dispose();
        _graph = null;
        if (!_useGraph)
        {
            return Step;
        }

        long start = TimeProvider.System.GetTimestamp();
        _task.FillInput();
        using StateSnapshot before = new(Parameters.State.Concat(Optimizer.State).Concat(ScaleState));
        _graph = CudaGraph.Capture(_device, Step);
        before.Restore();           // the warm-up steps are not part of the training
        Parameters.Publish();
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        double usedGiB = (DeviceMemory.Query(_device)?.UsedBytes ?? 0) / (double)(1L << 30);
        _observer.Message(FormattableString.Invariant(
            $"{_task.Network.Architecture}: the step is one CUDA graph, recorded in {seconds:F1} s; {usedGiB:F1} GiB of GPU memory in use"));
        return _graph.Replay;
    }
}
