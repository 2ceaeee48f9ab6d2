namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Soft gratings: a cosine along U, or the product of two.</summary>
internal sealed class WavePattern(Colour low, Colour high, bool isCrossed) : IPattern
{
    public Colour At(PatternSpot spot)
    {
        double wave = Cosine(spot.U, spot.WidthU, spot.ClearU);
        wave *= isCrossed ? Cosine(spot.V, spot.WidthV, spot.ClearV) : 1;
        return low.Towards(high, 0.5 + (0.5 * wave));
    }

    // the mean of a cosine over a width, to the fourth power of the width
    private static double Cosine(double place, double width, double clear)
    {
        double s = Math.PI * Math.PI * width * width;
        return clear * Angle.Cos(Angle.Turn * place) * (1 - (s / 6 * (1 - (s / 20))));
    }
}
