using System.Text.RegularExpressions;

namespace Vsr.Cli.Models;

/// <summary>A section of Markdown as plain text: headings, tables in columns, links as their words.</summary>
internal static partial class CardText
{
    public static string Plain(string markdown)
    {
        List<string> lines = [];
        List<string[]> table = [];
        foreach (string line in markdown.Split('\n'))
        {
            if (line.StartsWith('|'))
            {
                table.Add(Cells(line));
                continue;
            }

            lines.AddRange(Columns(table));
            table.Clear();
            lines.Add(Words(line.TrimStart('#').Trim() is var heading && line.StartsWith('#') ? heading : line));
        }

        lines.AddRange(Columns(table));
        return string.Join('\n', lines);
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => Words(cell.Trim()))];

    // The line below a table's head, of dashes, and an empty head are left out.
    private static IEnumerable<string> Columns(List<string[]> table)
    {
        string[][] rows = [.. table.Where(row => row.Any(cell => cell.Trim('-', ':').Length > 0))];
        int[] widths = [.. Enumerable.Range(0, rows.Select(row => row.Length).DefaultIfEmpty(0).Max())
            .Select(i => rows.Max(row => i < row.Length ? row[i].Length : 0))];
        return rows.Select(row => string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    private static string Words(string text) => Link().Replace(text, "$1").Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
