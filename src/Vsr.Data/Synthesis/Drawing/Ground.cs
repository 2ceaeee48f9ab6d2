namespace Vsr.Data.Synthesis.Drawing;

/// <summary>What lies behind everything: a colour, a gradient or soft clouds.</summary>
internal static class Ground
{
    /// <summary>A ground for a box, not far from a colour where <paramref name="most"/> is small.</summary>
    /// <param name="box">Where.</param>
    /// <param name="colour">About which colour.</param>
    /// <param name="random">The picture's random numbers.</param>
    /// <param name="most">How far other colours of it are from that one, 0..1.</param>
    public static IPaint Draw(Box box, Colour colour, MotionRandom random, double most)
    {
        return random.Below(5) switch
        {
            0 or 1 => new FlatPaint(colour),
            2 => GradientPaint.Draw(box, random, Near(), Near()),
            3 => GradientPaint.Draw(box, random, Near(), Near(), Near()),
            _ => TonePaint.Draw(box, random, Near(), Near(), Near(), Near()),
        };

        Colour Near() => colour.Jitter(random, most);
    }
}
