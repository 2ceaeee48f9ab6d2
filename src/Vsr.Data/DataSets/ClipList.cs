namespace Vsr.Data;

/// <summary>
/// A text file that names clips, with a class and a range for each: lines of "file [label [start [end]]]", as DALI's readers take
/// them by file_list.
/// </summary>
/// <remarks>
/// <para>
/// Fields are parted by blanks; a name with blanks stands in double quotes. Empty lines and lines that begin with # are passed over. A
/// file may be named by several lines.
/// </para>
/// <para>
/// Ranges include their start and exclude their end. In frames, fractions are rounded into the range: the start up, the end down.
/// In seconds, a frame belongs to the range when it is shown only inside it, from its time to the next frame's; with
/// <see cref="IncludePartialFrames"/> (DALI: file_list_include_preceding_frame) when it is shown in it at all.
/// </para>
/// </remarks>
public sealed class ClipList
{
    private ClipList(string path, IReadOnlyList<ClipListEntry> entries)
    {
        Path = path;
        Entries = entries;
    }

    /// <summary>The list's path as it was given.</summary>
    public string Path { get; }

    /// <summary>The lines that name a file, in their order.</summary>
    public IReadOnlyList<ClipListEntry> Entries { get; }

    /// <summary>What the ranges' numbers mean. Default, as in DALI: seconds (DALI: file_list_frame_num for frames).</summary>
    public ClipRangeUnit Unit { get; private init; }

    /// <summary>Whether frames that are shown in part of a range of seconds belong to it. Default off.</summary>
    public bool IncludePartialFrames { get; private init; }

    /// <summary>Reads a list.</summary>
    /// <param name="path">A text file, UTF-8.</param>
    /// <param name="unit">What the ranges' numbers mean.</param>
    /// <param name="includePartialFrames">Whether frames that are shown in part of a range of seconds belong to it.</param>
    /// <exception cref="VsrException">The list cannot be read or names no file, or a line is malformed; the message has its number.</exception>
    public static ClipList Read(string path, ClipRangeUnit unit = ClipRangeUnit.Seconds, bool includePartialFrames = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot read the list {path}: {failure.Message}", failure);
        }

        string folder = System.IO.Path.GetDirectoryName(path) ?? "";
        List<ClipListEntry> entries = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (ClipListLine.Parse(lines[i], path, i + 1) is { } entry)
            {
                entries.Add(entry with { Path = System.IO.Path.Combine(folder, entry.Path) });
            }
        }

        return entries.Count > 0
            ? new ClipList(path, entries) { Unit = unit, IncludePartialFrames = includePartialFrames }
            : throw new VsrException($"the list {path} names no file") { Hint = "write a line for each clip: file label [start end]" };
    }

    /// <summary>Indexes the files and cuts out the ranges. A file or range that cannot be used is left out with a warning.</summary>
    /// <param name="threads">Files indexed at the same time; 0 for one a processor, at most 16.</param>
    /// <param name="cancellation">Ends the indexing early.</param>
    /// <returns>One clip for each line, in their order. The caller disposes it.</returns>
    /// <exception cref="VsrException">No line can be used.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public ClipRangeSource Open(int threads = 0, CancellationToken cancellation = default)
    {
        VideoClipSource files = VideoClipSource.Open([.. Entries.Select(entry => entry.Path).Distinct()], threads, cancellation);
        Dictionary<string, int> clipOf = [];
        foreach ((ClipInfo clip, int i) in files.Clips.Select((clip, i) => (clip, i)))
        {
            clipOf.Add(clip.Name, i);
        }

        List<ClipRange> ranges = [];
        List<string> warnings = [];
        foreach (ClipListEntry entry in Entries.Where(entry => clipOf.ContainsKey(entry.Path)))
        {
            int clip = clipOf[entry.Path];
            (int first, int end, string? problem) = ClipListRange.Find(entry, files.Clips[clip], this);
            if (problem is null)
            {
                ranges.Add(new ClipRange(clip, first, end - first, entry.Label));
            }
            else
            {
                warnings.Add($"{Path}:{entry.Line}: {problem}; the line is left out");
            }
        }

        return ranges.Count > 0
            ? new ClipRangeSource(files, ranges, warnings)
            : throw new VsrException($"no line of {Path} can be used: {warnings[0]}");
    }
}
