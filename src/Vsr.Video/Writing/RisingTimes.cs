namespace Vsr.Video;

/// <summary>The presentation time and the duration of every output frame, in ticks of the input's time base.</summary>
/// <remarks>
/// Frame i is the i-th picture that the decoder outputs. Where the file's times rise from frame to frame they are taken to
/// the tick. Where they cross, repeat or are missing, frame i gets the i-th smallest time of the file, a missing time
/// having been put one step after its predecessor's; a time that then repeats moves to one tick after the one before. So the output always
/// has strictly rising times, as every encoder needs.
/// </remarks>
internal sealed class RisingTimes
{
    private readonly long[] _ptsTicks;
    private readonly long _lastDurationTicks;

    private RisingTimes(long[] ptsTicks, long lastDurationTicks, int changed)
    {
        _ptsTicks = ptsTicks;
        _lastDurationTicks = lastDurationTicks;
        Changed = changed;
    }

    /// <summary>Number of frames.</summary>
    public int Count => _ptsTicks.Length;

    /// <summary>How many frames have another time than in the file.</summary>
    public int Changed { get; }

    /// <summary>When frame <paramref name="index"/> is shown.</summary>
    public long PtsTicks(int index) => _ptsTicks[index];

    /// <summary>How long frame <paramref name="index"/> is shown: until the next; the last one as long as the file says, else one step.</summary>
    public long DurationTicks(int index) =>
        index + 1 < _ptsTicks.Length ? _ptsTicks[index + 1] - _ptsTicks[index] : _lastDurationTicks;

    /// <summary>Makes the times of the output for a file's frames.</summary>
    /// <param name="index">The file's frames.</param>
    /// <param name="stream">The stream, whose average rate fills gaps.</param>
    public static RisingTimes Of(FrameIndex index, VideoStreamInfo stream)
    {
        long?[] ticks = new long?[index.FrameCount];
        for (int i = 0; i < ticks.Length; i++)
        {
            ticks[i] = index.PtsTicks(i);
        }

        Rational rate = stream.AverageRate ?? new Rational(25, 1);
        double step = 1 / (rate.ToDouble() * stream.TimeBase.ToDouble());
        return Create(ticks, (long)Math.Round(step), index.DurationTicks(index.FrameCount - 1));
    }

    /// <summary>Makes the times of the output.</summary>
    /// <param name="inputTicks">The file's times in output order; null where it has none.</param>
    /// <param name="stepTicks">One frame at the average rate, at least 1.</param>
    /// <param name="lastDurationTicks">The last frame's duration in the file; 0 if unknown.</param>
    public static RisingTimes Create(IReadOnlyList<long?> inputTicks, long stepTicks, long lastDurationTicks)
    {
        long step = Math.Max(1, stepTicks);
        long[] times = new long[inputTicks.Count];
        bool rising = true;
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = inputTicks[i] ?? (i == 0 ? 0 : times[i - 1] + step);
            rising &= i == 0 || times[i] > times[i - 1];
        }

        if (!rising)
        {
            Array.Sort(times);
            for (int i = 1; i < times.Length; i++)
            {
                times[i] = Math.Max(times[i], times[i - 1] + 1);
            }
        }

        int changed = times.Where((time, i) => inputTicks[i] != time).Count();
        return new RisingTimes(times, lastDurationTicks > 0 ? lastDurationTicks : step, changed);
    }
}
