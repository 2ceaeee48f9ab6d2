namespace Vsr.Data.Preparation.Detection;

/// <summary>Makes scenes of cuts.</summary>
internal static class CutList
{
    /// <summary>Keeps of cuts that are too close together the clearest, and none too close to the film's ends.</summary>
    /// <param name="cuts">Cuts in any order.</param>
    /// <param name="frameCount">Frames of the film.</param>
    /// <param name="minFrames">Frames of the shortest scene, at least 1.</param>
    /// <returns>The first frames of the scenes after the first, rising.</returns>
    public static IReadOnlyList<int> Select(IEnumerable<SceneCut> cuts, int frameCount, int minFrames)
    {
        SortedSet<int> kept = [];
        foreach (SceneCut cut in cuts.OrderByDescending(cut => cut.Strength).ThenBy(cut => cut.Frame))
        {
            bool isFree = cut.Frame >= minFrames && cut.Frame <= frameCount - minFrames
                && kept.GetViewBetween(cut.Frame - minFrames + 1, cut.Frame + minFrames - 1).Count == 0;
            if (isFree)
            {
                kept.Add(cut.Frame);
            }
        }

        return [.. kept];
    }
}
