using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>How a whole data set is prepared: split, then transcoded to each size.</summary>
public sealed record DataPreparationOptions
{
    /// <summary>How the films are split. Required.</summary>
    public required SplitOptions Split { get; init; }

    /// <summary>The sizes. Default: null, the usual ones that the films have lines for; sizes that are named enlarge, with a warning.</summary>
    public IReadOnlyList<Resolution>? Resolutions { get; init; }

    /// <summary>Whether scenes with fewer lines are enlarged, and not left out. Default: null, to sizes that are named.</summary>
    public bool? Enlarge { get; init; }

    /// <summary>As <see cref="TranscodeOptions.Codec"/>.</summary>
    public string? Codec { get; init; }

    /// <summary>As <see cref="TranscodeOptions.Crf"/>.</summary>
    public int? Crf { get; init; }

    /// <summary>As <see cref="TranscodeOptions.KeyInt"/>.</summary>
    public int? KeyInt { get; init; }

    /// <summary>As <see cref="TranscodeOptions.BitDepth"/>.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>As <see cref="TranscodeOptions.Preset"/>.</summary>
    public string Preset { get; init; } = "medium";

    /// <summary>As <see cref="TranscodeOptions.Scaling"/>.</summary>
    public ScalingFilter Scaling { get; init; } = ScalingFilter.Bicubic;

    /// <summary>As <see cref="TranscodeOptions.Jobs"/>.</summary>
    public int? Jobs { get; init; }

    /// <summary>Checks the ranges, and that options do not contradict each other.</summary>
    /// <exception cref="ArgumentException">They do; the message says which.</exception>
    public void Validate()
    {
        Split.Validate();
        foreach (TranscodeOptions transcoding in Transcodings)
        {
            transcoding.Validate();
        }
    }

    /// <summary>The transcoding to each size, from small to large as they are named.</summary>
    internal IEnumerable<TranscodeOptions> Transcodings => (Resolutions ?? Resolution.Usual).Distinct().Select(resolution =>
        new TranscodeOptions
        {
            MainData = Split.OutData,
            Resolution = resolution,
            Codec = Codec,
            Crf = Crf,
            KeyInt = KeyInt,
            BitDepth = BitDepth,
            Preset = Preset,
            Scaling = Scaling,
            Jobs = Jobs,
            Enlarge = Enlarge ?? Resolutions is not null,
            IsUsualSize = Enlarge is null && Resolutions is null,
        });
}
