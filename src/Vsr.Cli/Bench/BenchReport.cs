using System.Text.Json;

namespace Vsr.Cli.Bench;

/// <summary>What a benchmark prints: rows, and what they were measured on.</summary>
/// <param name="Machine">GPU, processor, memory.</param>
/// <param name="Versions">Program, runtime and libraries by name.</param>
/// <param name="Command">The command line.</param>
/// <param name="Rows">Measured rows first, stored ones after them.</param>
internal sealed record BenchReport<TRow>(
    string Machine, IReadOnlyDictionary<string, string> Versions, string Command, IReadOnlyList<TRow> Rows)
{
    /// <summary>The report as JSON, indented, with names as in "ms_iter".</summary>
    public string ToJson() => JsonSerializer.Serialize(this, typeof(BenchReport<TRow>), BenchJson.Default);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no report.</exception>
    public static BenchReport<TRow> Parse(string json) =>
        (BenchReport<TRow>?)JsonSerializer.Deserialize(json, typeof(BenchReport<TRow>), BenchJson.Default)
        ?? throw new JsonException("the report is empty");
}
