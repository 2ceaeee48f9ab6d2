namespace Vsr.Data.Synthesis.Drawing;

/// <summary>From colour to colour along a line, or from a centre outwards.</summary>
internal sealed class GradientPaint : IPaint
{
    private readonly Point _start;
    private readonly Point _step;
    private readonly bool _isRadial;
    private readonly Colour[] _colours;

    private GradientPaint(Point start, Point step, bool isRadial, Colour[] colours) =>
        (_start, _step, _isRadial, _colours) = (start, step, isRadial, colours);

    /// <summary>A gradient over a box.</summary>
    public static GradientPaint Draw(Box box, MotionRandom random, params Colour[] colours)
    {
        bool isRadial = random.Chance(0.35);
        double length = box.Diagonal * random.Uniform(0.4, 1.1);
        Point direction = Point.Polar(1 / length, random.Uniform(0, Angle.Turn));
        Point start = isRadial ? box.Somewhere(random) : box.Centre - (direction * (length * length / 2));
        return new GradientPaint(start, direction, isRadial, colours);
    }

    public Colour At(double x, double y, double side)
    {
        Point way = new(x - _start.X, y - _start.Y);
        double t = _isRadial ? way.Length * _step.Length : (way.X * _step.X) + (way.Y * _step.Y);
        double place = Math.Clamp(t, 0, 1) * (_colours.Length - 1);
        int first = Math.Min((int)place, _colours.Length - 2);
        double rest = place - first;
        return _colours[first].Towards(_colours[first + 1], rest * rest * (3 - (2 * rest)));
    }
}
