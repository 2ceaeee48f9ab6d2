using System.Text.Json.Nodes;

namespace Vsr.Data.Preparation.Manifests;

/// <summary>manifest.json of a folder of drawn pictures, written before the first one.</summary>
internal sealed record DrawingManifest
{
    /// <summary>What writes such manifests.</summary>
    public const string Command = "vsr prepare drawings";

    /// <summary>What wrote it.</summary>
    public string MadeBy { get; init; } = Command;

    /// <summary>Of this form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What decides on the pictures.</summary>
    public required JsonObject Settings { get; init; }
}
