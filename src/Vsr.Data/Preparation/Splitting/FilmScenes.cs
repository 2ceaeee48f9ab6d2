using Vsr.Data.Preparation.Manifests;

namespace Vsr.Data.Preparation.Splitting;

/// <summary>A film with its cuts.</summary>
/// <param name="File">Its path.</param>
/// <param name="Subset">The half that all of its scenes belong to; null where the division decides.</param>
/// <param name="Entry">For the manifest.</param>
/// <param name="Cuts">First frames of the scenes after the first.</param>
/// <param name="Times">Seconds of each frame, and of the end.</param>
internal sealed record FilmScenes(string File, string? Subset, SourceEntry Entry, IReadOnlyList<int> Cuts, double[] Times)
{
    /// <summary>The scenes as ranges of frames: half open, gapless.</summary>
    public IEnumerable<(int First, int End)> Ranges => Entry.Error is not null ? [] :
        Cuts.Prepend(0).Zip(Cuts.Append(Times.Length - 1));
}
