using Vsr.Data;
using Vsr.Data.Synthesis;
using Vsr.Models;

namespace Vsr.Training.Running;

/// <summary>The data of a run, without their folders: what a resumed run must find again, in this order.</summary>
/// <param name="Training">Training clips, as they are used: soft ones at half size; or the low-resolution files of pairs.</param>
/// <param name="Validation">Validation clips, or pairs with known flow.</param>
/// <param name="Stills">Photographs.</param>
internal sealed record DataList(
    IReadOnlyList<DataEntry> Training, IReadOnlyList<DataEntry> Validation, IReadOnlyList<DataEntry> Stills)
{
    /// <summary>The data that settings lead to.</summary>
    public static DataList Of(TrainingOptions options, TrainingFiles files) => new(
        [.. files.Pairs?.Select(pair => Entry(pair, options.Pairs!)) ?? files.Sized.Clips.Select(clip => Entry(clip, options.Root))],
        [.. ValidationNames(options, files).Select(name => new DataEntry(name))],
        [.. StillFiles(options).Select(file => new DataEntry(
            file.Name, FormattableString.Invariant($"{file.Length} bytes")))]);

    /// <summary>In what one list first differs from another; null where it does not.</summary>
    public static string? FirstDifference(IReadOnlyList<DataEntry> before, IReadOnlyList<DataEntry> now)
    {
        for (int i = 0; i < Math.Max(before.Count, now.Count); i++)
        {
            (DataEntry? was, DataEntry? found) = (before.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
            if (was == found)
            {
                continue;
            }

            return was?.Name == found?.Name ? $"{was!.Name} has {found!.Content}, it had {was.Content}"
                : was is not null && now.All(entry => entry.Name != was.Name) ? $"{was.Name} is missing"
                : found is not null && before.All(entry => entry.Name != found.Name) ? $"{found.Name} is new"
                : $"{was?.Name ?? found?.Name} is in another place of the order";
        }

        return null;
    }

    private static DataEntry Entry(ClipInfo clip, string folder) => new(
        Path.GetRelativePath(folder, clip.Name), FormattableString.Invariant($"{clip.FrameCount} frames of {clip.Width}x{clip.Height}"));

    private static DataEntry Entry(ClipPair pair, string folder) => new(
        Path.GetRelativePath(folder, pair.Lr), FormattableString.Invariant($"{pair.Frames} frames, {new FileInfo(pair.Lr).Length} bytes"));

    private static IEnumerable<string> ValidationNames(TrainingOptions options, TrainingFiles files) =>
        options is { Network: NetworkCatalog.Flow, Val: { } pairs }
            ? FlowPairFolder.Find(pairs).Select(pair => pair.Name)
            : files.Validation.Select(path => Path.GetRelativePath(options.Val ?? options.Root, path));

    // A folder that is missing is left to those who read the pictures: not every network does.
    private static IEnumerable<FileInfo> StillFiles(TrainingOptions options) =>
        Directory.Exists(options.Stills) ? StillFolder.List(options.Stills).Select(path => new FileInfo(path)) : [];
}
