using Vsr.Data;

namespace Vsr.Training.Evaluation;

/// <summary>Which clips of a folder are scored, and which low-resolution clips belong to them.</summary>
public static class EvaluationClips
{
    /// <summary>The clips of val/ if the folder has it, else those directly in it, in name order.</summary>
    /// <param name="root">A folder of videos and folders of pictures.</param>
    /// <exception cref="VsrException">The folder is missing, cannot be read, or holds no clip.</exception>
    public static IReadOnlyList<string> Find(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        string validation = Path.Combine(root, "val");
        string folder = Directory.Exists(validation) ? validation : root;
        IReadOnlyList<string> clips = ClipFolder.List(folder);
        return clips.Count > 0 ? clips : throw new VsrException($"there is no video and no folder of pictures in {folder}")
        {
            Hint = "clips are files such as .mp4, .mkv, .mov, or folders of .png or .jpg, directly in that folder",
        };
    }

    /// <summary>The low-resolution clip of a ground-truth clip: the one of the same name, whatever the extension.</summary>
    /// <param name="lowResolution">The low-resolution clips, as from <see cref="Find"/>.</param>
    /// <param name="clip">The ground truth's path.</param>
    /// <exception cref="VsrException">There is none, or several.</exception>
    public static string Match(IReadOnlyList<string> lowResolution, string clip)
    {
        ArgumentNullException.ThrowIfNull(lowResolution);
        string name = NameOf(clip);
        string[] matches = lowResolution.Where(candidate => NameOf(candidate) == name).ToArray();
        return matches.Length == 1 ? matches[0] : throw new VsrException(
            matches.Length == 0
                ? $"{name}: there is no low-resolution clip of that name"
                : $"{name}: {string.Join(" and ", matches.Select(Path.GetFileName))} both could be its low-resolution clip");
    }

    private static string NameOf(string clip) =>
        Directory.Exists(clip) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(clip)) : Path.GetFileNameWithoutExtension(clip);
}
