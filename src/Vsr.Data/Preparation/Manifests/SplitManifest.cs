using System.Text.Json.Nodes;

namespace Vsr.Data.Preparation.Manifests;

/// <summary>orig/scenes/manifest.json: which frames of which file are in which scene.</summary>
internal sealed record SplitManifest
{
    /// <summary>What writes such manifests.</summary>
    public const string Command = "vsr prepare split";

    /// <summary>What wrote it.</summary>
    public string MadeBy { get; init; } = Command;

    /// <summary>Of this form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What decides on cuts, division and encoding.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The files, in film order.</summary>
    public required IReadOnlyList<SourceEntry> Sources { get; init; }

    /// <summary>The scenes, in film order.</summary>
    public required IReadOnlyList<SceneEntry> Scenes { get; init; }
}
