namespace Vsr.Data.Synthesis.Drawing;

/// <summary>How a pattern lies in the picture: turned, sheared, in perspective; straight, waved, or around a centre.</summary>
internal sealed class PatternPlane
{
    private readonly Point _origin;
    private readonly Point _alongU;             // periods a pixel
    private readonly Point _alongV;
    private readonly Point _depth;              // how fast it goes away, a pixel
    private readonly double _wave;              // periods of U that waves are high
    private readonly double _wavesPerV;
    private readonly int _rays;                 // repetitions around the centre; 0 for none
    private readonly bool _isZone;              // U is the square of the distance, so that rings become ever closer

    private PatternPlane(
        Point origin, Point alongU, Point alongV, Point depth, double wave, double wavesPerV, int rays, bool isZone) =>
        (_origin, _alongU, _alongV, _depth, _wave, _wavesPerV, _rays, _isZone) = (origin, alongU, alongV, depth, wave, wavesPerV, rays, isZone);

    /// <summary>A plane over a box.</summary>
    /// <param name="box">Where it is seen.</param>
    /// <param name="random">The picture's random numbers.</param>
    /// <param name="period">Pixels a period, about.</param>
    /// <param name="aspect">How much longer a period of U is than one of V.</param>
    public static PatternPlane Draw(Box box, MotionRandom random, double period, double aspect = 1)
    {
        double angle = random.Chance(0.35) ? 0 : random.Uniform(0, Angle.Turn);
        Point alongU = Point.Polar(1 / (period * aspect), angle);
        Point alongV = Point.Polar(1 / period, angle).Across;
        Point depth = random.Chance(0.35)
            ? Point.Polar(random.Uniform(0.3, 0.88) * 2 / box.Diagonal, random.Uniform(0, Angle.Turn))
            : new Point(0, 0);
        bool isWaved = random.Chance(0.25);
        return new PatternPlane(
            box.Centre + Point.Polar(Math.Min(period, 0.05 * box.Diagonal), random.Uniform(0, Angle.Turn)), alongU, alongV, depth,
            isWaved ? random.Uniform(0.2, 1.5) : 0, isWaved ? random.Uniform(0.02, 0.25) : 0, 0, false);
    }

    /// <summary>Rings and rays around a centre in a box: U counts rings, V rays.</summary>
    public static PatternPlane DrawRound(Box box, MotionRandom random, double period)
    {
        bool isZone = random.Chance(0.3);
        // rings of a zone plate reach the given period at the edge of the box
        double reach = box.Diagonal / 2;
        double scale = isZone ? 1 / Math.Sqrt(2 * reach * period) : 1 / period;
        Point along = Point.Polar(scale, random.Uniform(0, Angle.Turn));
        Point depth = random.Chance(0.3)
            ? Point.Polar(random.Uniform(0.1, 0.45) / reach, random.Uniform(0, Angle.Turn))
            : new Point(0, 0);
        Point centre = box.Centre.Towards(box.Somewhere(random), random.Uniform(0, 1));
        return new PatternPlane(
            centre, along, along.Across * (random.Chance(0.7) ? 1 : random.Uniform(0.5, 1)), depth, 0, 0, 2 * (random.Below(30) + 2), isZone);
    }

    /// <summary>A pixel of the picture in the pattern's coordinates.</summary>
    public PatternSpot At(double x, double y, double side)
    {
        Point way = new(x - _origin.X, y - _origin.Y);
        double w = 1 / (1 + (way.X * _depth.X) + (way.Y * _depth.Y));
        double u = ((way.X * _alongU.X) + (way.Y * _alongU.Y)) * w;
        double v = ((way.X * _alongV.X) + (way.Y * _alongV.Y)) * w;
        Point slopeU = (_alongU - (_depth * u)) * w;
        Point slopeV = (_alongV - (_depth * v)) * w;
        if (_rays > 0)
        {
            (u, v, slopeU, slopeV) = Round(u, v, slopeU, slopeV);
        }
        else if (_wave > 0)
        {
            double phase = Angle.Turn * _wavesPerV * v;
            u += _wave * Angle.Sin(phase);
            slopeU += slopeV * (_wave * Angle.Turn * _wavesPerV * Angle.Cos(phase));
        }

        return new PatternSpot(u, v, slopeU.Length, slopeV.Length, side);
    }

    private (double U, double V, Point SlopeU, Point SlopeV) Round(double u, double v, Point slopeU, Point slopeV)
    {
        double square = Math.Max((u * u) + (v * v), 1e-12);
        double distance = Math.Sqrt(square);
        double perTurn = _rays / Angle.Turn;
        Point outwards = ((slopeU * u) + (slopeV * v)) * (1 / distance);
        Point around = ((slopeV * u) - (slopeU * v)) * (perTurn / square);
        double angle = Angle.Of(u, v) * perTurn;
        return _isZone ? (square, angle, outwards * (2 * distance), around) : (distance, angle, outwards, around);
    }
}
