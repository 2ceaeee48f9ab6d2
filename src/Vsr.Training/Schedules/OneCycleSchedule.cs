namespace Vsr.Training.Schedules;

/// <summary>One rise and one long fall over the run, each half a cosine, with a very low end.</summary>
/// <remarks>
/// Smith and Topin, "Super-Convergence", 2018, in the form of PyTorch's OneCycleLR: from <see cref="Start"/> to 1 over the first
/// <see cref="Rise"/> of the run, then to <see cref="Floor"/>. The rise is its warm-up. Here the fraction of the run decides, where
/// PyTorch counts steps: the rates of a run of N steps are PyTorch's, moved by less than a step.
/// </remarks>
public sealed record OneCycleSchedule : ILearningRateSchedule
{
    /// <summary>The part of the run over which the rate rises, above 0 and below 1. Default 0.3.</summary>
    public double Rise { get; init; } = 0.3;

    /// <summary>The factor at the beginning. Default 1/25.</summary>
    public double Start { get; init; } = 1.0 / 25;

    /// <summary>The factor at the end. Default 1/250000.</summary>
    public double Floor { get; init; } = 1.0 / 250_000;

    /// <inheritdoc/>
    public double Factor(long stepsMade, double fraction)
    {
        double at = Math.Clamp(fraction, 0, 1);
        return at < Rise ? Between(Start, 1, at / Rise) : Between(1, Floor, (at - Rise) / (1 - Rise));
    }

    private static double Between(double from, double to, double part) =>
        to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * part)));
}
