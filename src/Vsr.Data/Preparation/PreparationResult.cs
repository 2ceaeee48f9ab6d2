namespace Vsr.Data.Preparation;

/// <summary>What a step of a preparation left behind.</summary>
public sealed record PreparationResult
{
    /// <summary>The folder with train/ and val/.</summary>
    public required string Folder { get; init; }

    /// <summary>Scenes made now.</summary>
    public required int Made { get; init; }

    /// <summary>Scenes that were there already.</summary>
    public required int Skipped { get; init; }

    /// <summary>Files that failed, in the order in which they did.</summary>
    public required IReadOnlyList<PreparationFailure> Failures { get; init; }
}
