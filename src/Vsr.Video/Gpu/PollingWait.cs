using Vsr.Interop.LibC;

namespace Vsr.Video;

/// <summary>
/// Waits again and again for the same kind of thing, which only asking tells. It sleeps for three quarters of what such a wait took of
/// late, then in pauses that grow with the time waited: few questions, since each costs processor time, and never much too late.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class PollingWait
{
    private const int ShortestPause = 20;
    private const double LongestPause = 1000;
    private const double LongestFirstPause = 10_000;
    private const double FirstPart = 0.75;
    private const double WeightOfLast = 0.25;

    private readonly double _shortest;
    private readonly TimeProvider _time;
    private readonly Action<int> _sleep;
    private double _typical;                                 // microseconds that waits took of late, of those that were waits at all

    /// <param name="shortestMicroseconds">The shortest pause; at least 20 are taken.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="sleep">Sleeps for so many microseconds; null for the system's sleep.</param>
    public PollingWait(int shortestMicroseconds, TimeProvider? time = null, Action<int>? sleep = null)
    {
        _shortest = Math.Max(shortestMicroseconds, ShortestPause);
        _time = time ?? TimeProvider.System;
        _sleep = sleep ?? ShortSleep.Microseconds;
    }

    /// <summary>Asks until the answer is yes.</summary>
    /// <param name="isDone">The question.</param>
    /// <param name="deadlineMilliseconds">The longest wait.</param>
    /// <returns>False where the deadline came first.</returns>
    public bool Until(Func<bool> isDone, int deadlineMilliseconds)
    {
        if (isDone())
        {
            return true;
        }

        long began = _time.GetTimestamp();
        TimeSpan waited = TimeSpan.Zero;
        int pauses = 0;
        double pause = Math.Min(FirstPart * _typical, LongestFirstPause);
        do
        {
            if (waited.TotalMilliseconds > deadlineMilliseconds)
            {
                return false;
            }

            double left = (1000.0 * deadlineMilliseconds) - waited.TotalMicroseconds;
            _sleep((int)Math.Max(Math.Min(pause, left), _shortest));
            pauses++;
            waited = _time.GetElapsedTime(began);
            pause = Math.Min(waited.TotalMicroseconds / 4, LongestPause);
        }
        while (!isDone());

        // what was over after the first pause may have been over long before
        double took = pauses == 1 ? waited.TotalMicroseconds / 2 : waited.TotalMicroseconds;
        _typical += WeightOfLast * (took - _typical);
        return true;
    }
}
