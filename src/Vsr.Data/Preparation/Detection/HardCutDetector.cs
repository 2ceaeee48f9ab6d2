namespace Vsr.Data.Preparation.Detection;

/// <summary>Finds cuts from one frame to the next.</summary>
/// <remarks>
/// A cut is a frame of which more is new than a limit that adapts to the frames around it, and which does not lead back to what was
/// there before (a flash, a frame of rubbish). In lively scenes the limit rises above the threshold; in still ones, where a frame stands
/// alone among others that bring nothing new, it falls below. Into and out of black and white is <see cref="FadeDetector"/>'s.
/// </remarks>
internal static class HardCutDetector
{
    // Frames to each side that say how lively the scene is.
    private const int Around = 5;

    // In a still scene this share of the threshold is enough, plus so much for what the liveliest frame around brings.
    private const double StillShare = 0.6;
    private const double ToLiveliest = 2.5;

    /// <summary>The cuts: numbers of the frames that begin a scene, with a strength that compares them.</summary>
    /// <param name="changes">One entry a frame of the film.</param>
    /// <param name="threshold">The share of the picture that must be new, above 0 and up to 1.</param>
    public static IEnumerable<SceneCut> Find(IReadOnlyList<FrameChange> changes, double threshold)
    {
        for (int frame = 1; frame < changes.Count; frame++)
        {
            FrameChange change = changes[frame];
            double limit = Limit(changes, frame, threshold);
            bool isEmptied = FadeDetector.IsEmpty(change.Level) || FadeDetector.IsEmpty(changes[frame - 1].Level);
            if (!isEmptied && change.NewShare > limit && change.BridgedShare > Math.Min(limit, threshold))
            {
                yield return new SceneCut(frame, 1 + Math.Min(change.NewShare, change.BridgedShare) - limit);
            }
        }
    }

    private static double Limit(IReadOnlyList<FrameChange> changes, int frame, double threshold)
    {
        double sum = 0;
        double most = 0;
        int count = 0;
        for (int i = Math.Max(1, frame - Around); i <= Math.Min(changes.Count - 1, frame + Around); i++)
        {
            if (i != frame)
            {
                sum += changes[i].NewShare;
                most = Math.Max(most, changes[i].NewShare);
                count++;
            }
        }

        double mean = count == 0 ? 0 : sum / count;
        return Math.Min(threshold + ((1 - threshold) * mean), (StillShare * threshold) + (ToLiveliest * most));
    }
}
