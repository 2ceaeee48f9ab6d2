namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A checkerboard.</summary>
internal sealed class CheckPattern(Colour one, Colour other) : IPattern
{
    public Colour At(PatternSpot spot)
    {
        (double u, double v) = (spot.PulseU(0, 0.5), spot.PulseV(0, 0.5));
        return one.Towards(other, (u * v) + ((1 - u) * (1 - v)));
    }
}
