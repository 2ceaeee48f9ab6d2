using System.Diagnostics;
using Vsr.Interop.LibC;

namespace Vsr.Video;

/// <summary>Waits for something that only asking tells, in pauses that grow with the time waited, up to a deadline.</summary>
internal static class PollingWait
{
    private const int ShortestPause = 20;
    private const double LongestPause = 1000;

    /// <summary>Asks until the answer is yes.</summary>
    /// <param name="isDone">The question.</param>
    /// <param name="pauseMicroseconds">The first pause, at least 20; later ones are a quarter of the time waited, up to a millisecond.</param>
    /// <param name="deadlineMilliseconds">The longest wait.</param>
    /// <returns>False where the deadline came first.</returns>
    public static bool Until(Func<bool> isDone, int pauseMicroseconds, int deadlineMilliseconds)
    {
        long began = Stopwatch.GetTimestamp();
        while (!isDone())
        {
            TimeSpan waited = Stopwatch.GetElapsedTime(began);
            if (waited.TotalMilliseconds > deadlineMilliseconds)
            {
                return false;
            }

            double pause = Math.Max(waited.TotalMicroseconds / 4, Math.Max(pauseMicroseconds, ShortestPause));
            ShortSleep.Microseconds((int)Math.Min(pause, LongestPause));
        }

        return true;
    }
}
