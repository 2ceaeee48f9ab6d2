namespace Vsr.Data.Preparation.Manifests;

/// <summary>A finished copy of a scene: a transcoded file, or a folder of pictures.</summary>
internal sealed record CopyEntry
{
    /// <summary>Its path in the manifest's folder.</summary>
    public required string File { get; init; }

    /// <summary>The scene's file it was made from.</summary>
    public required string Source { get; init; }

    /// <summary>That file's size.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>When that file was last written, UTC.</summary>
    public required string SourceModified { get; init; }

    /// <summary>Its width.</summary>
    public required int Width { get; init; }

    /// <summary>Its height.</summary>
    public required int Height { get; init; }

    /// <summary>Number of its frames, those of the scene.</summary>
    public required int Frames { get; init; }

    /// <summary>Whether it was made from this file as it is now.</summary>
    public bool IsOf(SourceEntry source) => SourceBytes == source.Bytes && SourceModified == source.Modified;
}
