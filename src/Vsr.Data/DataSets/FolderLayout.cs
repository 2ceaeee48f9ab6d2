namespace Vsr.Data;

/// <summary>What lies in a folder where clips were expected, and where there are some below it: for messages.</summary>
internal static class FolderLayout
{
    private const int Depth = 4;           // <data>/540p/scenes/h264/crf18/keyint4 is reached from <data>/540p
    private const int MostFolders = 10_000;
    private const int MostNames = 4;

    /// <summary>"3 folders (540p, 720p, orig) and 1 other file (notes.txt)", or "nothing".</summary>
    public static string Describe(string folder)
    {
        string[] folders = Names(Directory.EnumerateDirectories(folder));
        string[] files = Names(Directory.EnumerateFiles(folder));
        string[] parts = [.. new[] { Count(folders, "folder"), Count(files, "other file") }.Where(part => part.Length > 0)];
        return parts.Length == 0 ? "nothing" : string.Join(" and ", parts);
    }

    /// <summary>The nearest folder below that has train/ and val/, else the nearest with clips directly in it; null for neither.</summary>
    public static (string Path, bool IsSplit)? Find(string folder, IReadOnlyList<string> splitNames)
    {
        string? withClips = null;
        int seen = 0;
        Queue<(string Path, int Level)> waiting = new([(folder, 0)]);
        while (waiting.TryDequeue(out (string Path, int Level) next) && seen++ < MostFolders)
        {
            string[] inner = Folders(next.Path);
            if (splitNames.All(name => inner.Contains(Path.Combine(next.Path, name))))
            {
                return (next.Path, true);
            }

            withClips ??= next.Level > 0 && HasClips(next.Path) ? next.Path : null;
            foreach (string path in next.Level < Depth ? inner : [])
            {
                waiting.Enqueue((path, next.Level + 1));
            }
        }

        return withClips is null ? null : (withClips, false);
    }

    private static bool HasClips(string folder)
    {
        try
        {
            return ClipFolder.List(folder).Count > 0;
        }
        catch (VsrException)
        {
            return false;      // unreadable: not to be recommended
        }
    }

    private static string[] Folders(string folder)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] Names(IEnumerable<string> paths) =>
        [.. paths.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Count(string[] names, string what) => names.Length == 0
        ? ""
        : $"{names.Length} {what}{(names.Length == 1 ? "" : "s")} ({string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", ..." : "")})";
}
