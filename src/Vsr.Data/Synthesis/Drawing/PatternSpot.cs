namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A pixel in the coordinates of a pattern, whose period is 1 in each.</summary>
/// <param name="U">The first coordinate in its middle.</param>
/// <param name="V">The second.</param>
/// <param name="SlopeU">How far U goes in a pixel of the picture, where it goes fastest.</param>
/// <param name="SlopeV">The same of V.</param>
/// <param name="Side">The pixel's side, in pixels of the picture.</param>
internal readonly record struct PatternSpot(double U, double V, double SlopeU, double SlopeV, double Side)
{
    // Periods a pixel at which what repeats begins to fade, and is gone: a picture's pixels can hold half a period.
    private const double FadeFrom = 0.42;
    private const double FadeTo = 0.5;

    /// <summary>How far U goes in this pixel.</summary>
    public double WidthU => SlopeU * Side;

    /// <summary>How far V goes in this pixel.</summary>
    public double WidthV => SlopeV * Side;

    /// <summary>How much is left of what repeats with U: 1, and 0 from where pixels cannot hold it.</summary>
    public double ClearU => Clear(SlopeU);

    /// <summary>The same of V.</summary>
    public double ClearV => Clear(SlopeV);

    /// <summary>How much is left of something that repeats this often a pixel.</summary>
    public static double Clear(double periods)
    {
        double t = Math.Clamp((FadeTo - periods) / (FadeTo - FadeFrom), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>The share of the pixel in pulses of U that begin at whole numbers.</summary>
    public double PulseU(double offset, double duty) => Pulse(U - offset, WidthU, duty, ClearU);

    /// <summary>The same of V.</summary>
    public double PulseV(double offset, double duty) => Pulse(V - offset, WidthV, duty, ClearV);

    private static double Pulse(double place, double width, double duty, double clear)
    {
        double least = Math.Max(width, 1e-9);
        double share = (Sum(place + (least / 2), duty) - Sum(place - (least / 2), duty)) / least;
        return duty + ((share - duty) * clear);
    }

    private static double Sum(double place, double duty)
    {
        double whole = Math.Floor(place);
        return (whole * duty) + Math.Min(place - whole, duty);
    }
}
