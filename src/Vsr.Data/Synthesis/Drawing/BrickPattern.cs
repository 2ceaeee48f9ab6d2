namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Bricks or tiles with joints between, each of a colour near the others'.</summary>
/// <param name="joint">The joints' colour.</param>
/// <param name="bricks">What colours bricks are of.</param>
/// <param name="duty">The share of a row that joints take.</param>
/// <param name="shift">How far a row is moved against the one before; 0 for tiles.</param>
/// <param name="seed">Of the bricks' colours.</param>
internal sealed class BrickPattern(Colour joint, Colour[] bricks, double duty, double shift, ulong seed) : IPattern
{
    private readonly Colour _mean = new(bricks.Average(brick => brick.Red), bricks.Average(brick => brick.Green), bricks.Average(brick => brick.Blue));

    public Colour At(PatternSpot spot)
    {
        // joints lie around whole numbers, so that rows and columns change only inside them
        double row = Math.Floor(spot.V);
        double moved = spot.U + (shift * row);
        PatternSpot inRow = spot with { U = moved };
        double brick = (1 - inRow.PulseU(-duty / 2, duty)) * (1 - spot.PulseV(-duty / 2, duty));
        double column = Math.Floor(moved);
        Colour own = bricks[(int)(Hash.Of(seed, (long)column, (long)row) % (ulong)bricks.Length)];
        double clear = PatternSpot.Clear(0.4 * Math.Max(spot.SlopeU, spot.SlopeV) / duty);
        return joint.Towards(_mean.Towards(own, clear), brick);
    }
}
