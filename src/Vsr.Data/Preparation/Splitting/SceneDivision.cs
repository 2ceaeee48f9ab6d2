namespace Vsr.Data.Preparation.Splitting;

/// <summary>Chooses which scenes validate.</summary>
internal static class SceneDivision
{
    /// <summary>How many scenes of a list of times DALI's example trains on.</summary>
    public const int ListTrainingScenes = 53;

    /// <summary>How many of the scenes validate.</summary>
    /// <param name="sceneCount">All scenes.</param>
    /// <param name="options">The count or share asked for.</param>
    /// <exception cref="VsrException">No scene would be left to train on.</exception>
    public static int ValidationCount(int sceneCount, SplitOptions options)
    {
        if (options.ValCount is { } asked)
        {
            return asked < sceneCount ? asked : throw new VsrException(
                $"{asked} scenes to validate on leave none of {sceneCount} to train on; lower the count");
        }

        if (options.ValShare is null && options.Timestamps is not null && sceneCount > ListTrainingScenes)
        {
            return sceneCount - ListTrainingScenes;
        }

        double share = options.ValShare ?? SplitOptions.DefaultValShare;
        return Math.Min(Math.Max(1, (int)Math.Round(share * sceneCount, MidpointRounding.AwayFromZero)), sceneCount - 1);
    }

    /// <summary>The scenes that validate: the film's last ones, or a draw of the seed's.</summary>
    public static HashSet<int> Validating(int sceneCount, int count, ulong? seed)
    {
        IEnumerable<int> scenes = Enumerable.Range(0, sceneCount);
        return seed is { } key
            ? [.. scenes.OrderBy(scene => SampleGenerator.Mix(SampleGenerator.Mix(key) + (ulong)scene)).Take(count)]
            : [.. scenes.TakeLast(count)];
    }
}
