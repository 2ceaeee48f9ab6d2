using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vsr.Cli.Bench.Networks;

/// <summary>What vsr bench network prints: rows, and what they were measured on.</summary>
/// <param name="Machine">GPU, processor, memory.</param>
/// <param name="Versions">Program, runtime and libraries by name.</param>
/// <param name="Command">The command line.</param>
/// <param name="Rows">Measured rows first, stored ones after them.</param>
internal sealed record NetworkReport(
    string Machine, IReadOnlyDictionary<string, string> Versions, string Command, IReadOnlyList<NetworkRow> Rows)
{
    /// <summary>The report as JSON, indented, with names as in "ms_p90".</summary>
    public string ToJson() => JsonSerializer.Serialize(this, NetworkJson.Default.NetworkReport);
}

/// <summary>The serializer of <see cref="NetworkReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(NetworkReport))]
internal sealed partial class NetworkJson : JsonSerializerContext;
