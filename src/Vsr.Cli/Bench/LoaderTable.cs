using static Vsr.Cli.Bench.BenchTable;

namespace Vsr.Cli.Bench;

/// <summary>The loaders' rows as a table.</summary>
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

    /// <summary>The report as a table.</summary>
    public static BenchTable Of(BenchReport<LoaderRow> report) => new(
        "Random frame sequences: loaders compared", report.Machine, report.Versions, report.Command,
        [.. Columns.Select(column => column.Title)],
        [.. report.Rows.Select(row => (string[])[.. Columns.Select(column => column.Cell(row))])],
        [.. report.Rows.Select(NoteOf)]);

    private static string? NoteOf(LoaderRow row) => row.Stored
        ? $"stored, from {row.Machine}{(row.Note is null ? "" : $": {row.Note}")}"
        : row.Note;

    private static string Data(LoaderRow row) => row is { DataHostMs: { } host, DataGpuMs: { } device }
        ? $"{Number(row.DataMs, "0.000")} ({Number(host, "0.000")} + {Number(device, "0.000")})"
        : Number(row.DataMs, "0.000");
}
