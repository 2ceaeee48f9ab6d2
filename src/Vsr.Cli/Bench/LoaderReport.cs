using System.Text.Json;

namespace Vsr.Cli.Bench;

/// <summary>What vsr bench loader prints: rows, and what they were measured on.</summary>
/// <param name="Machine">GPU, processor, memory.</param>
/// <param name="Versions">Program, runtime and libraries by name.</param>
/// <param name="Command">The command line.</param>
/// <param name="Rows">Measured rows first, stored ones after them.</param>
internal sealed record LoaderReport(
    string Machine, IReadOnlyDictionary<string, string> Versions, string Command, IReadOnlyList<LoaderRow> Rows)
{
    /// <summary>The report as JSON, indented, with names as in "ms_iter".</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LoaderJson.Default.LoaderReport);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no report.</exception>
    public static LoaderReport Parse(string json) =>
        JsonSerializer.Deserialize(json, LoaderJson.Default.LoaderReport) ?? throw new JsonException("the report is empty");
}
