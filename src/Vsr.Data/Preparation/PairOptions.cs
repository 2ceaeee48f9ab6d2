namespace Vsr.Data.Preparation;

/// <summary>Which clips become pairs of high and low resolution, and how.</summary>
public sealed record PairOptions
{
    private const int MostVariants = 1000;
    private const int MostJobs = 64;

    /// <summary>
    /// The folder of the high-resolution clips, videos and folders of pictures; of one with train/ and val/ those in train/. Null for none:
    /// then stills are required.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>The folder of the pairs: lr/, hr/ and manifest.json. Required.</summary>
    public required string OutData { get; init; }

    /// <summary>The ranges that each clip's numbers are drawn from.</summary>
    public DegradationOptions Degradation { get; init; } = new();

    /// <summary>Low-resolution files of each clip, each with numbers of its own, 1 to 1000. Default: 1.</summary>
    public int Variants { get; init; } = 1;

    /// <summary>What all numbers are drawn from, with a clip's name. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Sequences of photographs in motion beside the clips; null (default) for none.</summary>
    public StillSequenceOptions? Stills { get; init; }

    /// <summary>Files made at a time, 1 to 64; null (default) for what the processors can do.</summary>
    public int? Jobs { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or there is nothing to make pairs of.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OutData);
        if (Root is null && Stills is null)
        {
            throw new ArgumentException("there is nothing to degrade; give a folder of clips, or one of stills");
        }

        if (Variants is < 1 or > MostVariants)
        {
            throw new ArgumentException($"{Variants} variants of a clip are outside 1..{MostVariants}");
        }

        if (Jobs is < 1 or > MostJobs)
        {
            throw new ArgumentException($"{Jobs} files at a time are outside 1..{MostJobs}");
        }

        Degradation.Validate();
        Stills?.Validate();
    }
}
