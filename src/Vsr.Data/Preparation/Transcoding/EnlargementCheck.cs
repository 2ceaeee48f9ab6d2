namespace Vsr.Data.Preparation.Transcoding;

/// <summary>What becomes of scenes with fewer lines than the resolution.</summary>
internal sealed class EnlargementCheck(CopyPlan plan, IPreparationObserver? observer)
{
    private const int NamesShown = 6;

    /// <summary>Leaves them out or warns of them, with one line.</summary>
    public List<SceneCopy> Choose(List<SceneCopy> scenes)
    {
        SceneCopy[] small = [.. scenes.Where(scene => Resolution.ShownHeight(scene.Stream) < plan.Resolution.Height)];
        if (small.Length == 0)
        {
            return scenes;
        }

        string lines = string.Join(", ", small.Select(scene => Resolution.ShownHeight(scene.Stream)).Distinct().Order());
        string which = small.Length == scenes.Count ? "all scenes" : $"{small.Length} of {scenes.Count} scenes";
        string names = small.Length == scenes.Count ? "" : " (" + string.Join(", ", small.Take(NamesShown).Select(scene => scene.Target))
            + (small.Length > NamesShown ? ", ...)" : ")");
        observer?.Note(plan.Enlarge
            ? $"warning: {plan.Resolution}: {which} of {lines} lines are enlarged{names}"
            : $"{plan.Resolution}: skipped: {which} have {lines} lines{names}; "
                + (plan.IsUsualSize ? $"--resolution {plan.Resolution} enlarges" : "--no-enlarge leaves them out"));
        return plan.Enlarge ? scenes : [.. scenes.Except(small)];
    }
}
