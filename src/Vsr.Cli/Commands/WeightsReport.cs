using System.Text.Json;
using Vsr.Models;
using Vsr.Models.PyTorch;

namespace Vsr.Cli.Commands;

/// <summary>What vsr weights show prints.</summary>
internal sealed record WeightsReport(
    string File, string Format, long Values, IReadOnlyList<WeightsReport.Key> Keys, IReadOnlyDictionary<string, string> Metadata)
{
    public static JsonSerializerOptions JsonOptions { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static WeightsReport Of(WeightsFile file) => new(
        file.Path,
        file.Format switch
        {
            WeightsFormat.PyTorchZip => "pytorch_zip",
            WeightsFormat.PyTorchLegacy => "pytorch_legacy",
            _ => "safetensors",
        },
        file.Entries.Sum(entry => entry.Count),
        [.. file.Entries.Select(entry => new Key(entry.Name, entry.Type.ToString(), entry.Shape))],
        file.Metadata);

    /// <summary>One key: name, type, shape. Names may come from anywhere, so what would steer a terminal is escaped.</summary>
    public static string Line(WeightsEntry entry) =>
        $"{PickleText.Printable(entry.Name)}  {entry.Type}  [{string.Join(", ", entry.Shape)}]";

    internal sealed record Key(string Name, string Type, IReadOnlyList<long> Shape);
}
