namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Discs or rings in rows, every second row moved by half: as printed halftone, or holes.</summary>
/// <param name="ground">Between them.</param>
/// <param name="dot">Their colour.</param>
/// <param name="radius">Their radius, of a period.</param>
/// <param name="ring">Half the width of a ring; 0 for discs.</param>
internal sealed class DotPattern(Colour ground, Colour dot, double radius, double ring) : IPattern
{
    private readonly double _mean = ring > 0 ? 4 * Math.PI * radius * ring : Math.PI * radius * radius;

    public Colour At(PatternSpot spot)
    {
        double row = Math.Floor(spot.V);
        double u = spot.U + (0.5 * ((long)row & 1));
        double x = u - Math.Floor(u) - 0.5;
        double y = spot.V - row - 0.5;
        // pixels of a plane that is stretched are oblong: their width in the direction of the disc's edge counts
        double distance = Math.Sqrt((x * x) + (y * y)) + 1e-9;
        double width = (Math.Sqrt((x * x * spot.WidthU * spot.WidthU) + (y * y * spot.WidthV * spot.WidthV)) / distance) + 1e-9;
        double covered = ring > 0
            ? Edge(ring - Math.Abs(distance - radius), width)
            : Edge(radius - distance, width);
        double clear = PatternSpot.Clear(1.3 * Math.Max(spot.SlopeU, spot.SlopeV));
        return ground.Towards(dot, _mean + ((covered - _mean) * clear));
    }

    private static double Edge(double inside, double width) => Math.Clamp((inside / width) + 0.5, 0, 1);
}
