namespace Vsr.Video;

/// <summary>A fraction: a time base in seconds a tick, a rate, or a pixel's shape.</summary>
/// <param name="Numerator">The number above the line.</param>
/// <param name="Denominator">The number below the line; 0 only where FFmpeg knows no value.</param>
public readonly record struct Rational(int Numerator, int Denominator)
{
    /// <summary>"1/25".</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
