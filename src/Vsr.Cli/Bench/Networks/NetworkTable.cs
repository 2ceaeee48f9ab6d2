using static Vsr.Cli.Bench.BenchTable;

namespace Vsr.Cli.Bench.Networks;

/// <summary>The networks' rows as a table.</summary>
internal static class NetworkTable
{
    private static readonly (string Title, Func<NetworkRow, string> Cell)[] Columns =
    [
        ("network", row => row.Model + (row.Stored ? " (stored)" : "")),
        ("device", row => row.Device),
        ("precision", row => row.Precision),
        ("input, scale", row => $"{row.Size}, x{row.Scale}"),
        ("measured", row => row.NetworkOnly ? "network alone" : "bytes in, 4:2:0 out"),
        ("CUDA graph", row => row.Graph switch { true => "yes", false => "no", null => "" }),
        ("frames", row => row.Frames == 0 ? "" : Number(row.Frames, "0")),
        ("ms", row => Number(row.Ms, "0.00")),
        ("ms, 90 %", row => Number(row.MsP90, "0.00")),
        ("frames/s", row => Number(row.Fps, "0.0#")),
        ("host MiB", row => Number(row.HostMib, "0")),
        ("GPU MiB", row => Number(row.DeviceMib, "0")),
    ];

    /// <summary>The report as a table.</summary>
    public static BenchTable Of(BenchReport<NetworkRow> report) => new(
        "Networks: a frame of moving pictures", report.Machine, report.Versions, report.Command,
        [.. Columns.Select(column => column.Title)],
        [.. report.Rows.Select(row => (string[])[.. Columns.Select(column => column.Cell(row))])],
        [.. report.Rows.Select(row => row.Stored ? $"stored, from {row.Machine}: {row.Note}" : row.Note)]);
}
