using System.Text.Json.Nodes;

namespace Vsr.Data.Preparation.Manifests;

/// <summary>manifest.json of a folder of transcoded scenes or pictures; an entry is added when its scene is finished.</summary>
internal sealed record CopyManifest
{
    /// <summary>What wrote it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Of this form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What decides on the files' content.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The finished scenes, in the order of their paths.</summary>
    public required IReadOnlyList<CopyEntry> Files { get; init; }
}
