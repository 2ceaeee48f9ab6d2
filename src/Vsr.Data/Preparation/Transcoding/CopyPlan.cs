using System.Text.Json.Nodes;
using Vsr.Data.Preparation.Layout;

namespace Vsr.Data.Preparation.Transcoding;

/// <summary>What a run of copying has to do.</summary>
internal sealed record CopyPlan
{
    /// <summary>The data set's folder, for messages.</summary>
    public required string Data { get; init; }

    /// <summary>The folder of the scenes.</summary>
    public required string From { get; init; }

    /// <summary>The command that makes those, for messages.</summary>
    public required string FromMadeBy { get; init; }

    /// <summary>The folder of the copies.</summary>
    public required string To { get; init; }

    /// <summary>The command that makes these.</summary>
    public required string MadeBy { get; init; }

    /// <summary>What decides on the copies' content.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>Their size.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>Whether scenes of fewer lines are enlarged, and not left out.</summary>
    public required bool Enlarge { get; init; }

    /// <summary>Whether the size is one of those made where none is named, which are left out unless they are named.</summary>
    public bool IsUsualSize { get; init; }

    /// <summary>Scenes copied at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>The copy's path of a scene's, both in their folders.</summary>
    public required Func<string, string> TargetOf { get; init; }

    /// <summary>The scenes' paths in their folder.</summary>
    public IReadOnlyList<string> List() => SceneFolder.List(From, Data, FromMadeBy);
}
