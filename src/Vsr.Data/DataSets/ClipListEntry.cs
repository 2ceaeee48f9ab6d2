namespace Vsr.Data;

/// <summary>One line of a file list.</summary>
/// <param name="Path">The file or folder of pictures, relative names resolved against the list's folder.</param>
/// <param name="Label">Class of the frames; null where the line has none.</param>
/// <param name="Start">Where the range starts; null for the file's start. Below 0: counted from the end.</param>
/// <param name="End">Where the range ends, itself outside; null for the file's end. Below 0: counted from the end.</param>
/// <param name="Line">Number of the line, from 1.</param>
public sealed record ClipListEntry(string Path, int? Label, double? Start, double? End, int Line);
