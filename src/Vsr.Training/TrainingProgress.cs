namespace Vsr.Training;

/// <summary>How far a training run has come.</summary>
/// <param name="Phase">What is trained: the network's name, or "flow" for its pre-training.</param>
/// <param name="Step">Steps made, over all sessions.</param>
/// <param name="Steps">Steps of the whole run; null when time limits it.</param>
/// <param name="Fraction">How much of the run is over, 0..1.</param>
/// <param name="Loss">Mean loss of the steps since the last report.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="MillisecondsPerStep">Time a step in the steps since the last report.</param>
/// <param name="Remaining">Time left at the pace so far; null while unknown.</param>
public sealed record TrainingProgress(
    string Phase,
    long Step,
    long? Steps,
    double Fraction,
    double Loss,
    double LearningRate,
    double MillisecondsPerStep,
    TimeSpan? Remaining);
