namespace Vsr.Video;

/// <summary>A fraction: a time base in seconds a tick, a rate in frames a second, an aspect of width to height.</summary>
/// <param name="Numerator">Above the line.</param>
/// <param name="Denominator">Below the line; 0 where the value is unknown.</param>
public readonly record struct Rational(int Numerator, int Denominator)
{
    /// <summary>Whether the fraction is a number other than zero.</summary>
    public bool IsKnown => Numerator != 0 && Denominator != 0;

    /// <summary>The quotient; NaN where the denominator is zero.</summary>
    public double ToDouble() => Denominator == 0 ? double.NaN : (double)Numerator / Denominator;

    /// <summary>"1/12800".</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
