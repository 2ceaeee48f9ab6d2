namespace Vsr.Training.Schedules;

/// <summary>Linear warm-up by steps, then half a cosine by the fraction of the run: a pure function, so that resuming needs no state.</summary>
/// <remarks>factor = min(1, (step + 1) / warm-up) * max(floor, (1 + cos(pi * fraction)) / 2).</remarks>
public sealed record CosineSchedule : ILearningRateSchedule
{
    /// <summary>Steps over which the factor rises linearly from 1 / n to 1. Default 200, at least 1.</summary>
    public int WarmUpSteps { get; init; } = 200;

    /// <summary>The least cosine part, so that the last steps still move. Default 0.005, from 0 to 1.</summary>
    public double Floor { get; init; } = 0.005;

    /// <inheritdoc/>
    public double Factor(long stepsMade, double fraction)
    {
        double warmUp = Math.Min(1, (stepsMade + 1.0) / Math.Max(1, WarmUpSteps));
        double cosine = 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(fraction, 0, 1)));
        return warmUp * Math.Max(Floor, cosine);
    }
}
