using System.Text;

namespace Vsr.Data;

/// <summary>Which clips are trained on and which only validate.</summary>
/// <remarks>
/// A root with train/ and val/ uses these. Any other root is all training; validation clips come from another folder, from a share
/// of the root's files, or not at all.
/// </remarks>
public sealed class DataSet
{
    private static readonly string[] SplitNames = ["train", "val"];

    private DataSet(string root, IReadOnlyList<string> training, IReadOnlyList<string> validation)
    {
        Root = root;
        Training = training;
        Validation = validation;
    }

    /// <summary>The folder as it was given.</summary>
    public string Root { get; }

    /// <summary>Paths of the training clips in name order; at least one.</summary>
    public IReadOnlyList<string> Training { get; }

    /// <summary>Paths of the validation clips in name order; may be empty.</summary>
    public IReadOnlyList<string> Validation { get; }

    /// <summary>Finds the clips of a data set.</summary>
    /// <param name="root">A folder of clips, or one with train/ and val/.</param>
    /// <param name="validationFolder">A folder of validation clips; null for none.</param>
    /// <param name="validationShare">
    /// Share of the root's files to validate on, above 0 and below 1, rounded to whole files, at least one of each kind; null for none.
    /// </param>
    /// <param name="seed">Chooses the files of the share, by name: the same on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">Both a folder and a share are given.</exception>
    /// <exception cref="VsrException">A folder is missing or empty, or a file would be trained on and validate.</exception>
    public static DataSet Open(
        string root, string? validationFolder = null, double? validationShare = null, ulong seed = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (validationFolder is not null && validationShare is not null)
        {
            throw new ArgumentException("a validation folder and a validation share exclude each other; give one of them");
        }

        if (validationShare is { } share && !(share > 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(validationShare), share,
                $"a validation share of {share} is not between 0 and 1; 0.1 keeps a tenth of the files for validation");
        }

        string train = Path.Combine(root, SplitNames[0]);
        string val = Path.Combine(root, SplitNames[1]);
        bool isSplit = Directory.Exists(train) && Directory.Exists(val);
        if (isSplit && (validationFolder is not null || validationShare is not null))
        {
            throw new VsrException($"{root} has its own val/, so a validation {(validationShare is null ? "folder" : "share")} cannot be given too")
            {
                Hint = $"give {train} as the root instead",
            };
        }

        IReadOnlyList<string> training = ListSome(isSplit ? train : root);
        IReadOnlyList<string> validation = isSplit ? ListSome(val) : validationFolder is null ? [] : ListSome(validationFolder);
        if (validationShare is { } kept)
        {
            (training, validation) = Split(root, training, kept, seed);
        }

        RequireDisjoint(training, validation);
        return new DataSet(root, training, validation);
    }

    private static IReadOnlyList<string> ListSome(string folder)
    {
        IReadOnlyList<string> clips = ClipFolder.List(folder);
        if (clips.Count > 0)
        {
            return clips;
        }

        string? inner = SplitNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);
        throw new VsrException($"there is no video and no folder of pictures in {folder}, but {FolderLayout.Describe(folder)}")
        {
            Hint = inner is not null
                ? $"{inner} exists, but a split needs both train/ and val/: add the other, or give {inner} itself"
                : FolderLayout.Find(folder, SplitNames) switch
                {
                    ({ } path, true) => $"{path} has train/ and val/: give that",
                    ({ } path, false) => $"{path} has clips: give that, or a folder with train/ and val/",
                    null => "expected is a folder with train/ and val/, or clips directly in it: .mp4, .mkv, .mov, or folders of .png or .jpg",
                },
        };
    }

    private static (IReadOnlyList<string> Training, IReadOnlyList<string> Validation) Split(
        string root, IReadOnlyList<string> clips, double share, ulong seed)
    {
        if (clips.Count < 2)
        {
            throw new VsrException($"{root} has one clip ({clips[0]}), which cannot be split by whole files")
            {
                Hint = "add a second clip, give a folder of validation clips, or train without validation",
            };
        }

        int count = Math.Clamp((int)Math.Round(share * clips.Count), 1, clips.Count - 1);
        HashSet<string> chosen = [.. clips.OrderBy(clip => Draw(clip, seed)).ThenBy(clip => clip, StringComparer.Ordinal).Take(count)];
        return ([.. clips.Where(clip => !chosen.Contains(clip))], [.. clips.Where(chosen.Contains)]);
    }

    // FNV-1a of the file's name, scattered: depends on the name alone, so a new file does not move the others about.
    private static ulong Draw(string clip, ulong seed)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(Path.GetFileName(clip)))
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        return SampleGenerator.Mix(hash ^ SampleGenerator.Mix(seed));
    }

    private static void RequireDisjoint(IReadOnlyList<string> training, IReadOnlyList<string> validation)
    {
        Dictionary<string, string> trained = [];
        foreach (string clip in training)
        {
            trained[RealPath.Of(clip)] = clip;
        }

        foreach (string clip in validation)
        {
            if (trained.TryGetValue(RealPath.Of(clip), out string? other))
            {
                throw new VsrException(clip == other
                    ? $"{clip} would be trained on and validate"
                    : $"{clip} and {other} are the same file, which would be trained on and validate")
                {
                    Hint = "take it out of one of the two",
                };
            }
        }
    }
}
