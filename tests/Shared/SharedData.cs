using System.Runtime.CompilerServices;

namespace Vsr.Tests;

/// <summary>Finds the shared videos, stills and flows: $VSR_SHARED, else ../shared beside the repository.</summary>
internal static class SharedData
{
    public static string RepositoryRoot { get; } = FindRepository();

    public static string? Root { get; } = FindRoot();

    /// <summary>The path of a shared file or folder; skips the running test with the reason when it is not there.</summary>
    public static string Require(string relativePath)
    {
        string? path = Root is null ? null : Path.Combine(Root, relativePath);
        if (path is null || !Path.Exists(path))
        {
            Assert.Skip($"needs shared data '{relativePath}': set VSR_SHARED or place it at ../shared");
        }

        return path;
    }

    private static string? FindRoot()
    {
        string? fromEnvironment = Environment.GetEnvironmentVariable("VSR_SHARED");
        string candidate = string.IsNullOrEmpty(fromEnvironment)
            ? Path.Combine(RepositoryRoot, "..", "shared")
            : fromEnvironment;
        return Directory.Exists(candidate) ? Path.GetFullPath(candidate) : null;
    }

    private static string FindRepository([CallerFilePath] string thisFile = "")
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Vsr.slnx")))
            {
                return folder;
            }
        }

        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
    }
}
