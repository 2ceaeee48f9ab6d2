namespace Vsr.Training.Running;

/// <summary>The length of a run, by steps, by time or both: whichever ends first.</summary>
internal sealed record TrainingBudget(long? Steps, TimeSpan? Time)
{
    /// <summary>How much of the run is over, 0..1.</summary>
    public double Fraction(long stepsMade, TimeSpan elapsed)
    {
        double bySteps = Steps is { } steps ? (double)stepsMade / steps : 0;
        double byTime = Time is { } time ? elapsed / time : 0;
        return Math.Clamp(Math.Max(bySteps, byTime), 0, 1);
    }

    public bool IsOver(long stepsMade, TimeSpan elapsed) => stepsMade >= Steps || elapsed >= Time;

    /// <summary>The time left at the pace so far; null while there is none to go by.</summary>
    public TimeSpan? Remaining(long stepsMade, TimeSpan elapsed)
    {
        double fraction = Fraction(stepsMade, elapsed);
        return fraction <= 0 || elapsed <= TimeSpan.Zero ? null : elapsed * ((1 - fraction) / fraction);
    }
}
