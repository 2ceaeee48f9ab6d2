namespace Vsr.Data.Preparation.Manifests;

/// <summary>A scene and where it comes from.</summary>
internal sealed record SceneEntry
{
    /// <summary>Its number, in film order over train and val.</summary>
    public required int Number { get; init; }

    /// <summary>"train" or "val".</summary>
    public required string Subset { get; init; }

    /// <summary>Its path in the manifest's folder.</summary>
    public required string File { get; init; }

    /// <summary>Index of its source.</summary>
    public required int Source { get; init; }

    /// <summary>The source's frame that is its frame 0.</summary>
    public required int FirstFrame { get; init; }

    /// <summary>Number of its frames.</summary>
    public required int Frames { get; init; }

    /// <summary>When it begins in the source, seconds after the source's first frame.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>When it ends there: the next scene's begin.</summary>
    public required double EndSeconds { get; init; }
}
