using Vsr.Data.Synthesis;

namespace Vsr.Data.Preparation;

/// <summary>Which drawn pictures (<see cref="DrawnStills"/>) are written to files.</summary>
public sealed record DrawingOptions
{
    /// <summary>The pictures' folder. Required.</summary>
    public required string OutData { get; init; }

    /// <summary>How many pictures, 1 to 10000. Default: 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>What they are drawn from: those of a training run have the run's seed. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Pictures at a time, 1 or more. Default: null, one a processor.</summary>
    public int? Jobs { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OutData);
        if (Count is < 1 or > DrawnStills.MostPictures)
        {
            throw new ArgumentException($"{Count} pictures are outside 1..{DrawnStills.MostPictures}");
        }

        if (Jobs < 1)
        {
            throw new ArgumentException($"{Jobs} jobs: give 1 or more");
        }
    }
}
