using System.Text.Json;
using System.Text.Json.Serialization;
using Vsr.Models;

namespace Vsr.Cli.Models;

/// <summary>A network as vsr models prints it; null where its file is not there or cannot be read.</summary>
internal sealed record ModelEntry
{
    public required string Name { get; init; }

    /// <summary>The file's name.</summary>
    public required string File { get; init; }

    /// <summary>The file's full path.</summary>
    public required string? Path { get; init; }

    public required bool Available { get; init; }

    public required string? Architecture { get; init; }

    public required int Scale { get; init; }

    public required long? Parameters { get; init; }

    public required long? Bytes { get; init; }

    public required string? Sha256 { get; init; }

    [JsonPropertyName("gmacs_180x320")]
    public required double? Gmacs { get; init; }

    public required IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>What it is for.</summary>
    public required string For { get; init; }

    public required string Description { get; init; }

    public static ModelEntry Of(ShippedModel model, ModelCard? card) => new()
    {
        Name = model.Name,
        File = model.FileName,
        Path = model.Path,
        Available = card is not null,
        Architecture = card?.Architecture,
        Scale = card?.Scale ?? model.Scale,
        Parameters = card?.Parameters,
        Bytes = card?.Bytes,
        Sha256 = card?.Sha256,
        Gmacs = card?.Gmacs,
        Settings = card?.Settings,
        For = model.Purpose,
        Description = model.Description,
    };
}

/// <summary>What vsr models --json prints.</summary>
internal sealed record ModelList(IReadOnlyList<ModelEntry> Models)
{
    /// <summary>The list as JSON, indented, with names as in "gmacs_180x320".</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Default.ModelList);
}

/// <summary>The serializer of <see cref="ModelList"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class ModelJson : JsonSerializerContext;
