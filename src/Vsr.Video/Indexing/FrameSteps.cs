namespace Vsr.Video;

/// <summary>Looks at the steps between the presentation times of neighbouring frames.</summary>
internal static class FrameSteps
{
    /// <summary>Whether the steps differ by more than the tick that rounding to the time base makes.</summary>
    public static bool Vary(FrameIndex index)
    {
        long[] times = [.. Enumerable.Range(0, index.FrameCount).Select(index.PtsTicks).OfType<long>().Order()];
        if (times.Length < 3)
        {
            return false;
        }

        var steps = times.Skip(1).Zip(times, (next, time) => next - time).ToList();
        return steps.Max() - steps.Min() > 1;
    }
}
