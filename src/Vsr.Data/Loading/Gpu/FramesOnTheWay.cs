using Vsr.Video;

namespace Vsr.Data;

/// <summary>The frames that decoding passes on its way to wanted ones.</summary>
internal static class FramesOnTheWay
{
    /// <summary>Each wanted frame with those before it from the start of its group on, and none of groups between that are skipped.</summary>
    /// <param name="index">The file's frames.</param>
    /// <param name="wanted">Frame numbers, ascending, none twice.</param>
    /// <param name="toGroupEnd">Whether to go on to the end of each group.</param>
    /// <returns>Frame numbers, ascending, none twice.</returns>
    public static int[] To(FrameIndex index, IReadOnlyList<int> wanted, bool toGroupEnd)
    {
        List<int> frames = [];
        int next = 0;
        foreach (int frame in wanted)
        {
            int start = StartPoints.For(index, frame);
            int last = toGroupEnd ? Math.Max(frame, EndOf(index, start)) : frame;
            next = Math.Max(next, Math.Min(frame, index.Starts[start].FirstFrame));
            for (; next <= last; next++)
            {
                frames.Add(next);
            }
        }

        return [.. frames];
    }

    private static int EndOf(FrameIndex index, int start) =>
        start + 1 < index.Starts.Length ? index.Starts[start + 1].FirstFrame - 1 : index.FrameCount - 1;
}
