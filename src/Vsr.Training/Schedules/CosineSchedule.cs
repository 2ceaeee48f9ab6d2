namespace Vsr.Training.Schedules;

/// <summary>Linear warm-up, then half a cosine by the fraction of the run: a pure function, so that resuming needs no state.</summary>
/// <remarks>
/// factor = min(1, max((step + 1) / warm-up, fraction / 0.05)) * max(floor, (1 + cos(pi * fraction)) / 2): the warm-up ends after its
/// steps, or after a twentieth of a run too short for them.
/// </remarks>
public sealed record CosineSchedule : ILearningRateSchedule
{
    private const double LongestWarmUp = 0.05;

    /// <summary>Steps over which the factor rises linearly from 1 / n to 1. Default 200, at least 1.</summary>
    public int WarmUpSteps { get; init; } = 200;

    /// <summary>The least cosine part, so that the last steps still move. Default 0.005, from 0 to 1.</summary>
    public double Floor { get; init; } = 0.005;

    /// <inheritdoc/>
    public double Factor(long stepsMade, double fraction)
    {
        double warmUp = Math.Min(1, Math.Max((stepsMade + 1.0) / Math.Max(1, WarmUpSteps), fraction / LongestWarmUp));
        double cosine = 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(fraction, 0, 1)));
        return warmUp * Math.Max(Floor, cosine);
    }
}
