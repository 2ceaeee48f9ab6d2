namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Tiles of two quarter circles, each turned by chance, that join to winding ways (Truchet's tiles in Smith's form).</summary>
/// <param name="ground">Between the ways.</param>
/// <param name="way">The ways' colour.</param>
/// <param name="half">Half a way's width, of a period, at most 0.25.</param>
/// <param name="seed">Of the turns.</param>
internal sealed class ArcPattern(Colour ground, Colour way, double half, ulong seed) : IPattern
{
    private readonly double _mean = Math.PI * half;

    public Colour At(PatternSpot spot)
    {
        (double column, double row) = (Math.Floor(spot.U), Math.Floor(spot.V));
        (double x, double y) = (spot.U - column, spot.V - row);
        if ((Hash.Of(seed, (long)column, (long)row) & 1) != 0)
        {
            x = 1 - x;
        }

        double near = Math.Min(Math.Sqrt((x * x) + (y * y)), Math.Sqrt(((1 - x) * (1 - x)) + ((1 - y) * (1 - y))));
        double width = (0.5 * (spot.WidthU + spot.WidthV)) + 1e-9;
        double covered = Math.Clamp(((half - Math.Abs(near - 0.5)) / width) + 0.5, 0, 1);
        double clear = PatternSpot.Clear(1.3 * Math.Max(spot.SlopeU, spot.SlopeV));
        return ground.Towards(way, _mean + ((covered - _mean) * clear));
    }
}
