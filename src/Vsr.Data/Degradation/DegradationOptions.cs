namespace Vsr.Data;

/// <summary>How clips become what cameras and encoders leave of them: blur, reduction, noise, compression; ranges that each clip's numbers are drawn from.</summary>
/// <remarks>
/// In this order: the high-resolution frame is blurred by a Gaussian, the same in every direction and every frame of a clip; reduced by the
/// protocol's filter (<see cref="Degradation.Reduce"/>); noise that is new in every frame is added; the result is rounded to 8 bit and
/// compressed by libx264 or libx265 as they are used most: preset medium, their own groups of pictures, yuv420p, constant rate factor.
/// </remarks>
public sealed record DegradationOptions
{
    private const double WidestBlur = 16;
    private const double StrongestNoise = 64;
    private const double HighestCrf = 51;

    /// <summary>S, how much smaller the frames become: 2, 3 or 4. Default: 4.</summary>
    public int Scale { get; init; } = 4;

    /// <summary>The blur's standard deviation in high-resolution pixels, evenly from a range inside 0 to 16. Default: 0 to 2.</summary>
    public ValueRange BlurSigma { get; init; } = new(0, 2);

    /// <summary>Share of the clips that are blurred, 0 to 1. Default: 0.5.</summary>
    public double BlurShare { get; init; } = 0.5;

    /// <summary>The noise's standard deviation in 8-bit levels, evenly from a range inside 0 to 64. Default: 0 to 8.</summary>
    public ValueRange NoiseSigma { get; init; } = new(0, 8);

    /// <summary>Share of the clips that get noise, 0 to 1. Default: 0.5.</summary>
    public double NoiseShare { get; init; } = 0.5;

    /// <summary>Share of these whose noise is independent on red, green and blue, 0 to 1; on the others it is the same on all three. Default: 0.5.</summary>
    public double ColorNoiseShare { get; init; } = 0.5;

    /// <summary>The constant rate factor, a whole number evenly from a range inside 0 to 51. Default: 20 to 36.</summary>
    public ValueRange Crf { get; init; } = new(20, 36);

    /// <summary>Share of the clips that are compressed as HEVC, 0 to 1; the others are H.264. Default: 0.</summary>
    public double HevcShare { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says value and limits.</exception>
    public void Validate()
    {
        if (Scale is < 2 or > 4)
        {
            throw new ArgumentException($"scale {Scale} is outside 2..4");
        }

        BlurSigma.Require("blur", 0, WidestBlur);
        NoiseSigma.Require("noise", 0, StrongestNoise);
        Crf.Require("crf", 0, HighestCrf);
        if (!double.IsInteger(Crf.Low) || !double.IsInteger(Crf.High))
        {
            throw new ArgumentException($"crf {Crf} is not of whole numbers");
        }

        RequireShare("blur share", BlurShare);
        RequireShare("noise share", NoiseShare);
        RequireShare("colour noise share", ColorNoiseShare);
        RequireShare("hevc share", HevcShare);
    }

    private static void RequireShare(string name, double share) =>
        new ValueRange(share, share).Require(name, 0, 1);
}
