namespace Vsr.Data.Preparation;

/// <summary>How a film is split into scenes.</summary>
public sealed record SplitOptions
{
    /// <summary>The default of <see cref="ValShare"/>: a tenth.</summary>
    public const double DefaultValShare = 0.1;

    /// <summary>
    /// The films: files, or folders of videos in name order. A folder with train/ and val/ keeps that division. Required, one at least.
    /// </summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The data set's folder; the scenes go to orig/scenes in it.</summary>
    public required string OutData { get; init; }

    /// <summary>A list of scene end times in seconds, one a line, for one film; null (default) to find the cuts.</summary>
    public string? Timestamps { get; init; }

    /// <summary>How cuts are found.</summary>
    public SceneDetectionOptions Detection { get; init; } = new();

    /// <summary>How many scenes validate, 0 or more; null (default) for a share.</summary>
    public int? ValCount { get; init; }

    /// <summary>
    /// Share of the scenes that validate, between 0 and 1, rounded, one at least; null (default) for a tenth, and with a list of times for
    /// all but the first 53, as in DALI's example.
    /// </summary>
    public double? ValShare { get; init; }

    /// <summary>Draws the scenes that validate; null (default) for the film's last ones.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Keeps the frames bit for bit; the files are several times larger, and NVDEC does not read them. Default: false.</summary>
    public bool Lossless { get; init; }

    /// <summary>Number of the video stream; null (default) for the first that is no attached picture.</summary>
    public int? Stream { get; init; }

    /// <summary>Checks the ranges, and that options do not contradict each other.</summary>
    /// <exception cref="ArgumentException">They do; the message says which.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OutData);
        Detection.Validate();
        if (Sources.Count == 0)
        {
            throw new ArgumentException("there is no film to split; name a file");
        }

        if (ValCount is not null && ValShare is not null)
        {
            throw new ArgumentException("a count and a share of scenes to validate on exclude each other; give one of them");
        }

        if (ValCount < 0)
        {
            throw new ArgumentException($"{ValCount} scenes to validate on: must be 0 or more");
        }

        if (ValShare is { } share && !(share > 0 && share < 1))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"a validation share of {share} is not between 0 and 1; 0.1 keeps a tenth of the scenes for validation"));
        }

        if (Seed is not null && ValCount == 0)
        {
            throw new ArgumentException("a seed draws the scenes to validate on, of which none are asked for");
        }

        if (Timestamps is not null && Sources.Count > 1)
        {
            throw new ArgumentException("a list of times belongs to one film; split the others in runs of their own");
        }

        if (Timestamps is not null && Detection.Threshold != new SceneDetectionOptions().Threshold)
        {
            throw new ArgumentException("with a list of times no cuts are looked for: leave the threshold out");
        }
    }
}
