using static Vsr.Cli.Bench.BenchTable;

namespace Vsr.Cli.Bench.Training;

/// <summary>The training steps' rows as a table.</summary>
internal static class TrainTable
{
    private static readonly (string Title, Func<TrainRow, string> Cell)[] Columns =
    [
        ("network", row => row.Network + (row.Flow is null ? "" : $" + {row.Flow}") + (row.Stored ? " (stored)" : "")),
        ("precision", row => row.Precision),
        ("crop, batch", row => $"{row.Crop}, {row.Batch}x{row.Frames}"),
        ("CUDA graph", row => row.Graph switch { true => "yes", false => "no", null => "" }),
        ("GPU ms", row => Number(row.GpuMs, "0.00")),
        ("least", row => Number(row.GpuMsLeast, "0.00")),
        ("wall ms", row => Number(row.WallMs, "0.00")),
        ("gap ms", row => Number(row.GapMs, "0.00")),
        ("GPU MiB", row => Number(row.DeviceMib, "0")),
        ("loss", row => Number(row.Loss, "G4")),
    ];

    /// <summary>The report as a table.</summary>
    public static BenchTable Of(BenchReport<TrainRow> report) => new(
        "Training steps", report.Machine, report.Versions, report.Command,
        [.. Columns.Select(column => column.Title)],
        [.. report.Rows.Select(row => (string[])[.. Columns.Select(column => column.Cell(row))])],
        [.. report.Rows.Select(row => row.Stored ? $"stored, from {row.Machine}: {row.Note}" : row.Note)]);
}
