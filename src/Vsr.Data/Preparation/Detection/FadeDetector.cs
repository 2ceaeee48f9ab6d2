using Vsr.Video.Analysis;

namespace Vsr.Data.Preparation.Detection;

/// <summary>Finds where a film fades to black or white and comes back.</summary>
/// <remarks>
/// The cut lies in the middle of the empty frames. Where the picture does not fade into them or out of them but jumps, it lies at the
/// jump; where it jumps into and out of them there are two. Empty frames at the film's start and end are no cut.
/// </remarks>
internal static class FadeDetector
{
    private const double MostSpread = 4;
    private const double MostDark = 30;                                         // limited range's black is 16
    private const double LeastBright = 222;                                     // its white is 235
    private const double LeastJump = 16;
    private const double JumpToStep = 3;
    private const double SameScene = 0.5;
    private const double Strength = 3;                                          // above every hard cut's

    /// <summary>Whether a frame shows nothing but black or white.</summary>
    public static bool IsEmpty(LumaLevel level) => level.Spread < MostSpread && (level.Mean < MostDark || level.Mean > LeastBright);

    /// <summary>The cuts.</summary>
    public static IEnumerable<SceneCut> Find(IReadOnlyList<FrameChange> changes)
    {
        int frame = 0;
        while (frame < changes.Count)
        {
            int first = frame;
            while (frame < changes.Count && IsEmpty(changes[frame].Level))
            {
                frame++;
            }

            if (frame > first && first > 0 && frame < changes.Count && !Returns(changes, first, frame))
            {
                foreach (int place in Places(changes, first, frame))
                {
                    yield return new SceneCut(place, Strength);
                }
            }

            frame++;
        }
    }

    // A flash, or a black frame left in by mistake: it comes or goes at once, and what follows is what was there before.
    private static bool Returns(IReadOnlyList<FrameChange> changes, int first, int end) => end - first < FrameChanges.BridgeFrames
        && (Jumps(changes, first, first - 1) || Jumps(changes, end, end + 1))
        && Math.Min(changes[first].BridgedShare, changes[end].BridgedShare) < SameScene;

    private static IEnumerable<int> Places(IReadOnlyList<FrameChange> changes, int first, int end)
    {
        bool comesAtOnce = Jumps(changes, first, first - 1);
        bool goesAtOnce = Jumps(changes, end, end + 1);
        return (comesAtOnce, goesAtOnce) switch
        {
            (true, true) => [first, end],
            (true, false) => [first],
            (false, true) => [end],
            _ => [(first + end) / 2],
        };
    }

    // A step of brightness much larger than the step beside it on the picture's side: no fade.
    private static bool Jumps(IReadOnlyList<FrameChange> changes, int frame, int beside)
    {
        double step = Math.Abs(Step(changes, frame));
        return step > LeastJump && step > JumpToStep * Math.Abs(Step(changes, beside));
    }

    private static double Step(IReadOnlyList<FrameChange> changes, int frame) =>
        frame < 1 || frame >= changes.Count ? 0 : changes[frame].Level.Mean - changes[frame - 1].Level.Mean;
}
