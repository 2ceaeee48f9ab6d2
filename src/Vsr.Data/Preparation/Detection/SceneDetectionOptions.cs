namespace Vsr.Data.Preparation;

/// <summary>How cuts are found.</summary>
public sealed record SceneDetectionOptions
{
    /// <summary>
    /// The share of the picture that must be new for a hard cut in a calm scene, above 0 and up to 1. Default: 0.6. Where the picture
    /// changes much from frame to frame anyway, more is asked for.
    /// </summary>
    public double Threshold { get; init; } = 0.6;

    /// <summary>Shortest scene in seconds, 0 or more. Of cuts closer together the clearest counts. Default: 0.5.</summary>
    public double MinLengthSeconds { get; init; } = 0.5;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public void Validate()
    {
        if (!(Threshold > 0 && Threshold <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Threshold), $"threshold {Threshold} is not above 0 and up to 1; 0.6 suits most films, less finds more cuts");
        }

        if (!(MinLengthSeconds >= 0 && MinLengthSeconds <= 3600))
        {
            throw new ArgumentOutOfRangeException(
                nameof(MinLengthSeconds), $"a shortest scene of {MinLengthSeconds} s is outside 0..3600; 0.5 is usual");
        }
    }
}
