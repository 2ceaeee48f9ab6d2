using Vsr.Data.Preparation.Layout;

namespace Vsr.Data.Preparation.Splitting;

/// <summary>The films of a run, in order.</summary>
internal static class SourceList
{
    /// <summary>Opens folders and keeps files.</summary>
    /// <returns>Each file with the half of the data set that its folder puts it into; null where it has no say.</returns>
    /// <exception cref="VsrException">A folder has no video, there is neither file nor folder of a name, or a film is named twice.</exception>
    public static IReadOnlyList<(string File, string? Subset)> Expand(IReadOnlyList<string> sources)
    {
        List<(string File, string? Subset)> files = [];
        foreach (string source in sources)
        {
            if (!Directory.Exists(source))
            {
                files.Add(File.Exists(source) ? (source, null) : throw new VsrException($"there is no file {source}"));
                continue;
            }

            bool isDivided = DataLayout.Subsets.All(subset => Directory.Exists(Path.Combine(source, subset)));
            int before = files.Count;
            foreach (string? subset in isDivided ? DataLayout.Subsets : new string?[] { null })
            {
                files.AddRange(ClipFolder.List(Path.Combine(source, subset ?? "")).Where(ClipFolder.IsVideo).Select(file => (file, subset)));
            }

            if (files.Count == before)
            {
                throw new VsrException($"there is no video in the folder {source}")
                {
                    Hint = "name a file, a folder of videos, or a folder with train/ and val/ full of videos",
                };
            }
        }

        string? twice = files.GroupBy(film => RealPath.Of(film.File)).FirstOrDefault(group => group.Count() > 1)?.First().File;
        return twice is null ? files : throw new VsrException($"the film {twice} is named twice; name it once");
    }
}
