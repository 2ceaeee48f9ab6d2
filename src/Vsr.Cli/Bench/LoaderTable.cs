using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Vsr.Cli.Bench;

/// <summary>The rows as a table: for a terminal, as plain text, or as Markdown.</summary>
internal static class LoaderTable
{
    private static readonly (string Title, Func<LoaderRow, string> Cell)[] Columns =
    [
        ("loader", row => row.Loader + (row.Stored ? " (stored)" : row.Cached ? " (cached)" : "")),
        ("decoder", row => row.Decoder ?? ""),
        ("clips", row => row.Resolution),
        ("crop, batch", row => $"{row.Crop}, {row.Batch}x{row.Frames}"),
        ("compute ms", row => Number(row.ComputeMs, "0.#")),
        ("disk MiB", row => Number(row.DiskBytes / (double)(1 << 20), "0")),
        ("frames/s", row => Number(row.DeliveredFps, "0")),
        ("decoded/frame", row => Number(row.DecodedPerDelivered, "0.00")),
        ("ms/step", row => Number(row.MsIter, "0.00")),
        ("data ms (host + GPU)", Data),
        ("CPU ms", row => Number(row.CpuMs, "0.00")),
        ("RSS MiB", row => Number(row.HostRssMib, "0")),
        ("anon MiB", row => Number(row.HostAnonMib, "0")),
        ("GPU MiB", row => Number(row.DeviceMib, "0")),
        ("engine %", row => Number(row.EnginePercent, "0")),
    ];

    /// <summary>Prints the table with borders where there is a terminal, else columns of spaces.</summary>
    public static void Print(LoaderReport report)
    {
        if (Console.IsOutputRedirected)
        {
            Console.Out.Write(Plain(report));
            return;
        }

        Table table = new();
        string[][] cells = [.. Cells(report)];
        foreach (string title in cells[0])
        {
            table.AddColumn(new TableColumn(Markup.Escape(title)));
        }

        foreach (string[] row in cells[1..])
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        Console.Out.Write(Below(report));
    }

    /// <summary>Columns of spaces, then the machine and notes.</summary>
    public static string Plain(LoaderReport report)
    {
        string[][] cells = [.. Cells(report)];
        int[] widths = [.. cells[0].Select((_, i) => cells.Max(row => row[i].Length))];
        StringBuilder text = new();
        foreach (string[] row in cells)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }

        return text.Append(Below(report)).ToString();
    }

    /// <summary>A report for docs/benchmarks: machine, versions, command, table, notes.</summary>
    public static string Markdown(LoaderReport report)
    {
        StringBuilder text = new();
        text.AppendLine("# Random frame sequences: loaders compared").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {report.Machine}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Versions: {string.Join(", ", report.Versions.Select(entry => $"{entry.Key} {entry.Value}"))}.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"    {report.Command}").AppendLine();
        string[][] cells = [.. Cells(report)];
        text.AppendLine($"| {string.Join(" | ", cells[0])} |");
        text.AppendLine($"|{string.Concat(cells[0].Select(_ => "---|"))}");
        foreach (string[] row in cells[1..])
        {
            text.AppendLine($"| {string.Join(" | ", row)} |");
        }

        return text.AppendLine().Append(NoteLines(report)).ToString();
    }

    private static IEnumerable<string[]> Cells(LoaderReport report)
    {
        string[] notes = Notes(report);
        yield return [.. Columns.Select(column => column.Title), "note"];
        foreach (LoaderRow row in report.Rows)
        {
            int number = Array.IndexOf(notes, NoteOf(row)) + 1;
            yield return [.. Columns.Select(column => column.Cell(row)), number == 0 ? "" : $"{number}"];
        }
    }

    // Each note once, in the order of rows.
    private static string[] Notes(LoaderReport report) => [.. report.Rows.Select(NoteOf).OfType<string>().Distinct()];

    private static string? NoteOf(LoaderRow row) => row.Stored
        ? $"stored, from {row.Machine}{(row.Note is null ? "" : $": {row.Note}")}"
        : row.Note;

    private static string NoteLines(LoaderReport report) =>
        string.Concat(Notes(report).Select((note, i) => $"{i + 1}. {note}{Environment.NewLine}"));

    private static string Below(LoaderReport report) => $"{report.Machine}{Environment.NewLine}{NoteLines(report)}";

    private static string Data(LoaderRow row) => row is { DataHostMs: { } host, DataGpuMs: { } device }
        ? $"{Number(row.DataMs, "0.000")} ({Number(host, "0.000")} + {Number(device, "0.000")})"
        : Number(row.DataMs, "0.000");

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
