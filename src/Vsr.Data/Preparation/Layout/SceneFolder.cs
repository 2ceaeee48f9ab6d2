namespace Vsr.Data.Preparation.Layout;

/// <summary>A folder with train/ and val/ full of scenes, as an earlier step left it.</summary>
internal static class SceneFolder
{
    private const int NamesShown = 8;

    /// <summary>The scenes' paths relative to the folder, train before val, in the order of their numbers.</summary>
    /// <param name="folder">The folder with train/ and val/.</param>
    /// <param name="data">The user's folder, for the message.</param>
    /// <param name="madeBy">The command that makes such folders, for the message.</param>
    /// <exception cref="VsrException">There is no such folder or no scene in it; the hint says what was expected and what was found.</exception>
    public static IReadOnlyList<string> List(string folder, string data, string madeBy)
    {
        List<string> files = [];
        foreach (string subset in DataLayout.Subsets.Where(subset => Directory.Exists(Path.Combine(folder, subset))))
        {
            files.AddRange(ClipFolder.List(Path.Combine(folder, subset)).Where(ClipFolder.IsVideo)
                .Select(path => Path.Combine(subset, Path.GetFileName(path)))
                .OrderBy(path => int.TryParse(DataLayout.PictureFolder(path), out int number) ? number : int.MaxValue)
                .ThenBy(path => path, StringComparer.Ordinal));
        }

        return files.Count > 0 ? files : throw new VsrException($"there are no scenes in {folder}")
        {
            Hint = $"expected {Path.GetRelativePath(data, Path.Combine(folder, DataLayout.SceneFile("train", 0)))} and so on in {data} "
                + $"(made by '{madeBy}'); found {Found(data)}",
        };
    }

    private static string Found(string data)
    {
        if (!Directory.Exists(data))
        {
            return File.Exists(data) ? "a file of that name" : "no such folder";
        }

        try
        {
            string[] names = [.. Directory.EnumerateFileSystemEntries(data)
                .Select(path => Path.GetFileName(path) + (Directory.Exists(path) ? "/" : "")).Order(StringComparer.Ordinal)];
            string more = names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "";
            return names.Length == 0 ? "an empty folder" : string.Join(", ", names.Take(NamesShown)) + more;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"a folder that cannot be read: {failure.Message}";
        }
    }
}
