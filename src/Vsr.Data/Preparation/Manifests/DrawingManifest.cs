using System.Text.Json.Nodes;

namespace Vsr.Data.Preparation.Manifests;

/// <summary>manifest.json of a folder of drawn pictures, written before the first one.</summary>
internal sealed record DrawingManifest
{
    /// <summary>What wrote it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Of this form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What decides on the pictures.</summary>
    public required JsonObject Settings { get; init; }
}
