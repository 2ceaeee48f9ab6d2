namespace Vsr.Models;

/// <summary>Where the weights that come with the program lie.</summary>
internal static class ModelFolder
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "VSR_MODELS";

    private const string FolderName = "models";

    /// <summary>The folder in <see cref="Variable"/>, else "models" beside the program, or in the repository it was built in; null where there is none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? Directory.Exists(given) ? Path.GetFullPath(given) : null
        : Find(AppContext.BaseDirectory);

    /// <summary>The folder that belongs to a program's folder; null where there is none.</summary>
    public static string? Find(string programFolder) => Candidates(programFolder).FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Candidates(string programFolder)
    {
        yield return Path.Combine(programFolder, FolderName);
        for (string? folder = programFolder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Vsr.slnx")))
            {
                yield return Path.Combine(folder, FolderName);
            }
        }
    }
}
