namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Curves as points close enough to be joined by lines.</summary>
internal static class Curve
{
    /// <summary>A cubic Bezier curve.</summary>
    public static Point[] Bezier(Point from, Point one, Point other, Point to, int steps)
    {
        Point[] points = new Point[steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            double t = (double)i / steps;
            double rest = 1 - t;
            points[i] = (from * (rest * rest * rest)) + (one * (3 * rest * rest * t)) + (other * (3 * rest * t * t)) + (to * (t * t * t));
        }

        return points;
    }

    /// <summary>A part of an ellipse.</summary>
    /// <param name="centre">Its centre.</param>
    /// <param name="radiusX">Half its width.</param>
    /// <param name="radiusY">Half its height.</param>
    /// <param name="from">The angle at which it begins.</param>
    /// <param name="sweep">How far it goes, down from the right when positive.</param>
    /// <param name="steps">Lines that it is made of.</param>
    public static Point[] Arc(Point centre, double radiusX, double radiusY, double from, double sweep, int steps)
    {
        Point[] points = new Point[steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            double angle = from + (sweep * i / steps);
            points[i] = centre + new Point(radiusX * Angle.Cos(angle), radiusY * Angle.Sin(angle));
        }

        return points;
    }

    /// <summary>A closed smooth curve through points (Catmull and Rom's).</summary>
    public static Point[] Through(ReadOnlySpan<Point> corners, int steps)
    {
        int count = corners.Length;
        List<Point> points = [];
        for (int i = 0; i < count; i++)
        {
            Point before = corners[(i + count - 1) % count];
            Point from = corners[i];
            Point to = corners[(i + 1) % count];
            Point after = corners[(i + 2) % count];
            points.AddRange(Bezier(from, from + ((to - before) * (1.0 / 6)), to - ((after - from) * (1.0 / 6)), to, steps)[..^1]);
        }

        return [.. points];
    }
}
