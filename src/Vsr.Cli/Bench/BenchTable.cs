using System.Globalization;
using System.Text;
using Spectre.Console;
using Vsr.Cli.Demo;

namespace Vsr.Cli.Bench;

/// <summary>A report's rows as text: for a terminal, as plain text, or as Markdown.</summary>
/// <param name="Title">The report's title.</param>
/// <param name="Machine">GPU, processor, memory.</param>
/// <param name="Versions">Program, runtime and libraries by name.</param>
/// <param name="Command">The command line.</param>
/// <param name="Columns">The columns' titles.</param>
/// <param name="Rows">A cell a column; a last column, which is added, gives the number of the row's note.</param>
/// <param name="RowNotes">A note a row, or null.</param>
internal sealed record BenchTable(
    string Title, string Machine, IReadOnlyDictionary<string, string> Versions, string Command,
    string[] Columns, IReadOnlyList<string[]> Rows, IReadOnlyList<string?> RowNotes)
{
    /// <summary>A number, or nothing where it is not known.</summary>
    public static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Prints the table, or JSON in its place, and writes the report's file where there is to be one.</summary>
    /// <param name="json">The report as JSON; null prints the table.</param>
    /// <param name="path">The file for <see cref="Markdown"/>; null writes none.</param>
    public void Write(string? json, string? path)
    {
        if (path is not null)
        {
            DemoFolder.WriteWhole(path, Markdown());
        }

        if (json is not null)
        {
            Console.Out.WriteLine(json);
        }
        else
        {
            Print();
        }
    }

    /// <summary>Prints the table with borders where there is a terminal, else columns of spaces.</summary>
    public void Print()
    {
        if (Console.IsOutputRedirected)
        {
            Console.Out.Write(Plain());
            return;
        }

        Table table = new();
        string[][] cells = Cells();
        foreach (string title in cells[0])
        {
            table.AddColumn(new TableColumn(Markup.Escape(title)));
        }

        foreach (string[] row in cells[1..])
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        Console.Out.Write(Below());
    }

    /// <summary>Columns of spaces, then the machine and notes.</summary>
    public string Plain()
    {
        string[][] cells = Cells();
        int[] widths = [.. cells[0].Select((_, i) => cells.Max(row => row[i].Length))];
        StringBuilder text = new();
        foreach (string[] row in cells)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }

        return text.Append(Below()).ToString();
    }

    /// <summary>A report for docs/benchmarks: machine, versions, command, table, notes.</summary>
    public string Markdown()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {Title}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {Machine}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Versions: {string.Join(", ", Versions.Select(entry => $"{entry.Key} {entry.Value}"))}.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"    {Command}").AppendLine();
        string[][] cells = Cells();
        text.AppendLine($"| {string.Join(" | ", cells[0])} |");
        text.AppendLine($"|{string.Concat(cells[0].Select(_ => "---|"))}");
        foreach (string[] row in cells[1..])
        {
            text.AppendLine($"| {string.Join(" | ", row)} |");
        }

        return text.AppendLine().Append(NoteLines()).ToString();
    }

    private string[][] Cells()
    {
        string[] notes = Notes();
        return
        [
            [.. Columns, "note"],
            .. Rows.Select((row, i) => (string[])[.. row, RowNotes[i] is { } note ? $"{Array.IndexOf(notes, note) + 1}" : ""]),
        ];
    }

    // Each note once, in the order of rows.
    private string[] Notes() => [.. RowNotes.OfType<string>().Distinct()];

    private string NoteLines() => string.Concat(Notes().Select((note, i) => $"{i + 1}. {note}{Environment.NewLine}"));

    private string Below() => $"{Machine}{Environment.NewLine}{NoteLines()}";
}
