namespace Vsr.Training.Schedules;

/// <summary>How strongly the moving average of the weights holds on to its past: weak at first, so that the start is forgotten.</summary>
internal static class EmaDecay
{
    /// <summary>min(limit, (step + 1) / (step + 20)); step counts the steps made so far, from 0.</summary>
    public static double At(long step, double limit) => Math.Min(limit, (step + 1.0) / (step + 20.0));
}
