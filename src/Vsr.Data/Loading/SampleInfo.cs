using Vsr.Video;

namespace Vsr.Data;

/// <summary>Where a sample comes from and what was done to it.</summary>
public sealed record SampleInfo
{
    /// <summary>The clip's name: the path as it was given.</summary>
    public required string Clip { get; init; }

    /// <summary>Epoch of the sample, from 0.</summary>
    public required long Epoch { get; init; }

    /// <summary>Position in the epoch over all shards.</summary>
    public required long Position { get; init; }

    /// <summary>The clip's label; null where it has none.</summary>
    public int? Label { get; init; }

    /// <summary>
    /// Number of each frame in its file, in the order of the batch: T of them, descending after time reversal. The clip's last frame
    /// is repeated where a padded sequence lacks frames (<see cref="SequenceLoaderOptions.PadSequences"/>).
    /// </summary>
    public required IReadOnlyList<int> Frames { get; init; }

    /// <summary>
    /// Presentation time of each frame in seconds, as the file counts them: T of them. NaN where there is none, as in folders of pictures.
    /// </summary>
    public IReadOnlyList<double> Timestamps { get; init; } = [];

    /// <summary>Region read from the frames, before transposition.</summary>
    public required PixelRect Crop { get; init; }

    /// <summary>Left and right were exchanged, after transposition.</summary>
    public bool FlipHorizontal { get; init; }

    /// <summary>Top and bottom were exchanged, after transposition.</summary>
    public bool FlipVertical { get; init; }

    /// <summary>Rows and columns were exchanged.</summary>
    public bool Transpose { get; init; }

    /// <summary>The last frame comes first.</summary>
    public bool ReverseTime { get; init; }

    /// <summary>The sample only fills up the epoch's last batch (<see cref="EpochEnd.Pad"/>).</summary>
    public bool IsPadding { get; init; }

    /// <summary>The file due here failed; this is the sample taken in its place, always the same one.</summary>
    public bool IsReplacement { get; init; }
}
