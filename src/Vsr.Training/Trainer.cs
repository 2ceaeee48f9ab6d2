using TorchSharp;
using Vsr.Training.Logging;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training;

/// <summary>The training loop: one task, one optimizer, one schedule, until the budget is spent.</summary>
/// <remarks>
/// On a GPU a step (reduction, forward, backward, clipping, AdamW, averaging) is one CUDA graph, replayed on an input that is
/// filled ahead; learning rate and averaging weight are scalars on the device. Nothing waits for the device but the fetching of
/// losses, every <see cref="LossRing.Capacity"/> steps.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    private const double GradientLimit = 1;

    private readonly ITrainingTask _task;
    private readonly ILearningRateSchedule _schedule;
    private readonly double _learningRate;
    private readonly TrainingBudget _budget;
    private readonly TrainingClock _clock;
    private readonly Tensor _loss;
    private readonly Tensor _averagingWeight;
    private readonly LossRing _losses;
    private Action? _step;

    public Trainer(
        ITrainingTask task, TrainedParameters parameters, ILearningRateSchedule schedule, double learningRate,
        TrainingBudget budget, TrainingClock clock, Device device)
    {
        _task = task;
        _schedule = schedule;
        _learningRate = learningRate;
        _budget = budget;
        _clock = clock;
        Parameters = parameters;
        Optimizer = new AdamW(parameters.Masters, parameters.Names.Select(task.LearningRateFactor).ToArray());
        _loss = zeros([], ScalarType.Float32, device).DetachFromDisposeScope();
        _averagingWeight = zeros([], ScalarType.Float32, device).DetachFromDisposeScope();
        _losses = new LossRing(device);
    }

    public TrainedParameters Parameters { get; }

    public AdamW Optimizer { get; }

    /// <summary>Steps made, over all sessions.</summary>
    public long StepsMade { get; set; }

    /// <summary>Whether the budget is spent.</summary>
    public bool IsOver => _budget.IsOver(StepsMade, _clock.Elapsed);

    private double Fraction => _budget.Fraction(StepsMade, _clock.Elapsed);

    /// <summary>Trains until the budget is spent or the token is cancelled.</summary>
    /// <param name="isDue">Tells after how many steps something is to be done, so that a block of losses ends there.</param>
    /// <param name="afterBlock">Called with the losses of the steps since the last call; the clock stands still meanwhile.</param>
    /// <param name="cancellation">Ends the run after the step in progress.</param>
    public void Run(
        Predicate<long> isDue, Action<IReadOnlyList<(float Loss, double LearningRate)>> afterBlock, CancellationToken cancellation)
    {
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
        Optimizer.Dispose();
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

    private Action PrepareStep() => Step;

    private void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingLoss loss = _task.Loss();
        IReadOnlyList<Tensor> gradients = GradientsOf(loss.Minimised);
        using (no_grad())
        {
            GradientNorm.Clip(gradients, GradientLimit);
            Optimizer.Step(gradients);
            Parameters.Publish();
            Parameters.Average(_averagingWeight);
            _loss.copy_(loss.Reported);
        }
    }

    /// <summary>float32, in the order of the parameters; zeros for those that the loss does not depend on.</summary>
    private Tensor[] GradientsOf(Tensor loss)
    {
        IList<Tensor?> gradients = autograd.grad([loss], [.. Parameters.Parameters], allow_unused: true)!;
        return gradients
            .Select((gradient, i) => gradient is null || gradient.IsInvalid
                ? zeros_like(Parameters.Masters[i])
                : gradient.to(ScalarType.Float32))
            .ToArray();
    }
}
