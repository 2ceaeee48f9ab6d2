using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>When a film's frames are shown, counted from its first frame.</summary>
internal static class SceneTimes
{
    /// <summary>Seconds of each frame's begin, rising from 0, and of the film's end: one more than there are frames.</summary>
    public static double[] Of(FrameReader reader)
    {
        RisingTimes times = RisingTimes.Of(reader.Index, reader.Stream);
        double tick = reader.Stream.TimeBase.IsKnown ? reader.Stream.TimeBase.ToDouble() : 1;
        double[] seconds = new double[times.Count + 1];
        for (int i = 0; i < times.Count; i++)
        {
            seconds[i] = (times.PtsTicks(i) - times.PtsTicks(0)) * tick;
        }

        seconds[^1] = seconds[^2] + (times.DurationTicks(times.Count - 1) * tick);
        return seconds;
    }
}
