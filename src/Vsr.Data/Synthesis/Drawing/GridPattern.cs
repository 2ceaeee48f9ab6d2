namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Lines in two directions, as on squared paper: fine ones, and strong ones every few.</summary>
/// <param name="ground">Between the lines.</param>
/// <param name="line">The lines' colour.</param>
/// <param name="duty">The share of a period that a line takes.</param>
/// <param name="strongEvery">How many fine lines a strong one.</param>
internal sealed class GridPattern(Colour ground, Colour line, double duty, int strongEvery) : IPattern
{
    public Colour At(PatternSpot spot)
    {
        Colour fine = ground.Towards(line, 0.6 * Lines(spot, duty));
        PatternSpot wide = new(
            spot.U / strongEvery, spot.V / strongEvery, spot.SlopeU / strongEvery, spot.SlopeV / strongEvery, spot.Side);
        return fine.Towards(line, Lines(wide, 1.5 * duty / strongEvery));
    }

    private static double Lines(PatternSpot spot, double duty) => 1 - ((1 - spot.PulseU(0, duty)) * (1 - spot.PulseV(0, duty)));
}
