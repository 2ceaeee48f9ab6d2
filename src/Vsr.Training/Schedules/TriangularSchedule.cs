namespace Vsr.Training.Schedules;

/// <summary>The cyclic schedule of DALI's video super-resolution example: up and down between two rates, in straight lines.</summary>
public sealed record TriangularSchedule : ILearningRateSchedule
{
    /// <summary>Cycles over the whole run. Default 1.</summary>
    public double Cycles { get; init; } = 1;

    /// <summary>The lowest factor, at the ends of a cycle. Default 0.1, as the example's 1e-6 against 1e-5.</summary>
    public double Floor { get; init; } = 0.1;

    /// <inheritdoc/>
    public double Factor(long stepsMade, double fraction)
    {
        double phase = Math.Clamp(fraction, 0, 1) * Cycles % 1.0;
        return Floor + ((1 - Floor) * (1 - Math.Abs((2 * phase) - 1)));
    }
}
