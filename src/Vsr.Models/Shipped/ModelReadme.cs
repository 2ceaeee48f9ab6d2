namespace Vsr.Models;

/// <summary>The text about shipped weights, README.md beside them: a section a file.</summary>
internal static class ModelReadme
{
    private const string FileName = "README.md";

    /// <summary>The section whose heading names a file, heading included, in Markdown; null where there is none.</summary>
    /// <param name="weights">The weights' path.</param>
    public static string? SectionOf(string weights)
    {
        string readme = Path.Combine(Path.GetDirectoryName(weights)!, FileName);
        return File.Exists(readme) ? SectionOf(Path.GetFileName(weights), File.ReadAllLines(readme)) : null;
    }

    internal static string? SectionOf(string fileName, string[] lines)
    {
        int start = Array.FindIndex(lines, line => LevelOf(line) > 0 && line.Contains(fileName, StringComparison.Ordinal));
        if (start < 0)
        {
            return null;
        }

        int level = LevelOf(lines[start]);
        int end = Array.FindIndex(lines, start + 1, line => LevelOf(line) is var next and > 0 && next <= level);
        return string.Join('\n', lines[start..(end < 0 ? lines.Length : end)]).TrimEnd();
    }

    /// <summary>2 for "## heading"; 0 for other lines.</summary>
    private static int LevelOf(string line)
    {
        int level = line.Length - line.TrimStart('#').Length;
        return level is > 0 and <= 6 && level < line.Length && line[level] == ' ' ? level : 0;
    }
}
