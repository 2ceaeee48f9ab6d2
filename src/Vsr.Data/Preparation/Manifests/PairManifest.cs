using System.Text.Json.Nodes;

namespace Vsr.Data.Preparation.Manifests;

/// <summary>manifest.json of a folder of pairs; an entry is added when its low-resolution file is finished.</summary>
internal sealed record PairManifest
{
    /// <summary>What writes such manifests.</summary>
    public const string Command = "vsr prepare degrade";

    /// <summary>What wrote it.</summary>
    public string MadeBy { get; init; } = Command;

    /// <summary>Of this form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What decides on the files' content.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The finished pairs, in the order of their low-resolution files' names.</summary>
    public required IReadOnlyList<PairEntry> Pairs { get; init; }
}
