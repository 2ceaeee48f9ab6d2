namespace Vsr.Training.Schedules;

/// <summary>Linear warm-up by steps, then the full learning rate to the end.</summary>
public sealed record ConstantSchedule : ILearningRateSchedule
{
    /// <summary>Steps over which the factor rises linearly from 1 / n to 1. Default 200, at least 1.</summary>
    public int WarmUpSteps { get; init; } = 200;

    /// <inheritdoc/>
    public double Factor(long stepsMade, double fraction) => Math.Min(1, (stepsMade + 1.0) / Math.Max(1, WarmUpSteps));
}
