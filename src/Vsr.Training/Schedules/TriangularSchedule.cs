namespace Vsr.Training.Schedules;

/// <summary>The cyclic schedule of DALI's video super-resolution example: up and down between two rates, in straight lines.</summary>
/// <remarks>
/// Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017 ("triangular"). With p the part of a cycle that is over,
/// factor = floor + (1 - floor) * (1 - |2 p - 1|). There is no warm-up: a cycle begins at the floor.
/// </remarks>
public sealed record TriangularSchedule : ILearningRateSchedule
{
    /// <summary>Steps of a cycle, at least 2: a pure function of the step. Null for <see cref="Cycles"/> over the whole run.</summary>
    public long? CycleSteps { get; init; }

    /// <summary>Cycles over the whole run, without <see cref="CycleSteps"/>. Default 1.</summary>
    public double Cycles { get; init; } = 1;

    /// <summary>The lowest factor, at the ends of a cycle. Default 0.1, as the example's 1e-6 against 1e-5.</summary>
    public double Floor { get; init; } = 0.1;

    /// <inheritdoc/>
    public double Factor(long stepsMade, double fraction)
    {
        double phase = CycleSteps is { } steps
            ? (double)(stepsMade % steps) / steps
            : Math.Clamp(fraction, 0, 1) * Cycles % 1.0;
        return Floor + ((1 - Floor) * (1 - Math.Abs((2 * phase) - 1)));
    }
}
