using System.Globalization;

namespace Vsr.Data;

/// <summary>The frames of a clip that a line of a file list asks for.</summary>
internal static class ClipListRange
{
    private const double Rounding = 1e-6; // seconds: below a tick of any usual time base, above the sums' rounding

    /// <summary>First frame and the one after the last; or why there is no such range.</summary>
    public static (int First, int End, string? Problem) Find(ClipListEntry entry, ClipInfo clip, ClipList list)
    {
        if (list.Unit == ClipRangeUnit.Frames || (entry.Start is null && entry.End is null))
        {
            return InFrames(entry, clip);
        }

        return clip.Times is { } times && !double.IsNaN(times[0])
            ? InSeconds(entry, clip, times, list.IncludePartialFrames)
            : (0, 0, $"{clip.Name} has no times to find a range of seconds in");
    }

    private static (int First, int End, string? Problem) InFrames(ClipListEntry entry, ClipInfo clip)
    {
        double first = Math.Ceiling(FromEnd(entry.Start ?? 0, clip.FrameCount));
        double end = entry.End is { } given ? Math.Floor(FromEnd(given, clip.FrameCount)) : clip.FrameCount;
        return first >= 0 && first < end && end <= clip.FrameCount
            ? ((int)first, (int)end, null)
            : (0, 0, $"frames {Text(entry.Start ?? 0)} to {Text(entry.End ?? clip.FrameCount)} are no range of the {clip.FrameCount} "
                + $"frames of {clip.Name}");
    }

    // Frame k is shown from its time to the next frame's; the last one as long as the one before it.
    private static (int First, int End, string? Problem) InSeconds(ClipListEntry entry, ClipInfo clip, FrameTimes times, bool partial)
    {
        int count = clip.FrameCount;
        double last = count > 1 ? times[count - 1] - times[count - 2] : 0;
        double duration = times[count - 1] + last;
        double start = FromEnd(entry.Start ?? times[0], duration);
        double end = FromEnd(entry.End ?? duration, duration);
        int first = 0;
        while (first < count && (partial ? Until(first) <= start + Rounding : times[first] < start - Rounding))
        {
            first++;
        }

        int after = count;
        while (after > first && (partial ? times[after - 1] >= end - Rounding : Until(after - 1) > end + Rounding))
        {
            after--;
        }

        return first < after
            ? (first, after, null)
            : (0, 0, $"no frame of {clip.Name} is shown from {Text(entry.Start ?? times[0])} to {Text(entry.End ?? duration)} s; its "
                + $"frames are from {Text(times[0])} to {Text(duration)} s");

        double Until(int frame) => frame + 1 < count ? times[frame + 1] : duration;
    }

    private static double FromEnd(double value, double end) => value < 0 ? end + value : value;

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
