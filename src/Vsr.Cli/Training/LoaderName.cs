namespace Vsr.Cli.Training;

/// <summary>The names of loaders in DALI's and NVVL's examples, beside our own.</summary>
internal static class LoaderName
{
    /// <summary>"video" or "png"; a name that is neither comes back as it is, for the settings' own check.</summary>
    public static string Of(string name) => name.ToUpperInvariant() switch
    {
        "DALI" or "NVVL" => "video",
        "PYTORCH" => "png",
        _ => name,
    };
}
