namespace Vsr.Training.Running;

/// <summary>The folders that a run's data come from, and the other files it is given.</summary>
internal static class DataFolders
{
    /// <summary>Settings that a resumed run may have another of, when it holds the same data.</summary>
    public static IReadOnlyList<string> Movable { get; } =
        [nameof(TrainingOptions.Root), nameof(TrainingOptions.Pairs), nameof(TrainingOptions.Val), nameof(TrainingOptions.Stills)];

    /// <summary>The settings with absolute paths, but for the run's own folder, so that they hold in every current folder.</summary>
    public static TrainingOptions Absolute(TrainingOptions options) => options with
    {
        Root = Full(options.Root)!,
        Pairs = Full(options.Pairs),
        Val = Full(options.Val),
        Stills = Full(options.Stills),
        FlowWeights = Full(options.FlowWeights),
        Init = Full(options.Init),
        ExportFp16 = Full(options.ExportFp16),
    };

    /// <summary>Which folders of a run are others than they were.</summary>
    public static DataMove Moved(TrainingOptions stored, TrainingOptions given) => new(
        Full(stored.Root) != Full(given.Root),
        Full(stored.Pairs) != Full(given.Pairs),
        Full(stored.Val) != Full(given.Val),
        Full(stored.Stills) != Full(given.Stills));

    /// <summary>Checks that the folders which a resumed run takes from its settings are still there.</summary>
    /// <exception cref="VsrException">One is missing.</exception>
    public static void RequireStored(TrainingOptions options, DataMove move)
    {
        RequireStored(options.Root, move.Root, "--root");
        RequireStored(options.Pairs, move.Pairs, "--pairs");
        RequireStored(options.Val, move.Val, "--val");
        RequireStored(options.Stills, move.Stills, "--stills");
    }

    private static void RequireStored(string? folder, bool isGiven, string option)
    {
        if (!string.IsNullOrEmpty(folder) && !isGiven && !Directory.Exists(folder))
        {
            throw new VsrException($"the run was started with {option} {folder}, which is not there")
            {
                Hint = $"add {option} DIR with the folder that its files are in now",
            };
        }
    }

    private static string? Full(string? path) =>
        string.IsNullOrEmpty(path) ? path : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
