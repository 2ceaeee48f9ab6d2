using System.Globalization;

namespace Vsr.Data;

/// <summary>The fields of one line of a file list.</summary>
internal static class ClipListLine
{
    private const string Form = "a line is: file [label [start [end]]], a name with blanks in double quotes";

    /// <summary>Reads a line; null for an empty one and a comment.</summary>
    /// <exception cref="VsrException">The line is malformed.</exception>
    public static ClipListEntry? Parse(string line, string list, int number)
    {
        string trimmed = line.Trim();
        if (trimmed.Length == 0 || trimmed[0] == '#')
        {
            return null;
        }

        string name;
        string rest;
        if (trimmed[0] == '"')
        {
            int close = trimmed.IndexOf('"', 1);
            if (close < 2 || (close + 1 < trimmed.Length && !char.IsWhiteSpace(trimmed[close + 1])))
            {
                throw Malformed(list, number, close < 0 ? "the name's closing quote is missing" : "the quoted name is empty or goes on");
            }

            (name, rest) = (trimmed[1..close], trimmed[(close + 1)..]);
        }
        else
        {
            int blank = trimmed.IndexOfAny([' ', '\t']);
            (name, rest) = blank < 0 ? (trimmed, "") : (trimmed[..blank], trimmed[blank..]);
        }

        string[] fields = rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length > 3)
        {
            throw Malformed(list, number, $"there are {fields.Length + 1} fields, at most 4 are known");
        }

        return new ClipListEntry(name, fields.Length > 0 ? Label(fields[0], list, number) : null,
            fields.Length > 1 ? Number(fields[1], "start", list, number) : null,
            fields.Length > 2 ? Number(fields[2], "end", list, number) : null, number);
    }

    private static int Label(string field, string list, int number) =>
        int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int label)
            ? label
            : throw Malformed(list, number, $"the label '{field}' is no whole number");

    private static double Number(string field, string what, string list, int number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Malformed(list, number, $"the {what} '{field}' is no number");

    private static VsrException Malformed(string list, int number, string what) => new($"{list}:{number}: {what}") { Hint = Form };
}
