using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vsr.Cli.Bench.Training;

/// <summary>What vsr bench train prints: rows, and what they were measured on.</summary>
/// <param name="Machine">GPU, processor, memory.</param>
/// <param name="Versions">Program, runtime and libraries by name.</param>
/// <param name="Command">The command line.</param>
/// <param name="Rows">Measured rows first, stored ones after them.</param>
internal sealed record TrainReport(
    string Machine, IReadOnlyDictionary<string, string> Versions, string Command, IReadOnlyList<TrainRow> Rows)
{
    /// <summary>The report as JSON, indented, with names as in "gpu_ms".</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TrainJson.Default.TrainReport);
}

/// <summary>The serializer of <see cref="TrainReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(TrainReport))]
internal sealed partial class TrainJson : JsonSerializerContext;
