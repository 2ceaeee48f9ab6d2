namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Draws closed outlines: blobs, ellipses, boxes, rounded boxes, polygons, stars, leaves, drops.</summary>
internal static class ShapeChoice
{
    private const double LinePixels = 3;        // a curve's lines are about as long

    /// <summary>An outline around a point.</summary>
    /// <param name="centre">Its middle.</param>
    /// <param name="radius">How far it reaches, about.</param>
    /// <param name="random">The picture's random numbers.</param>
    public static Point[] Draw(Point centre, double radius, MotionRandom random)
    {
        double angle = random.Chance(0.3) ? 0 : random.Uniform(0, Angle.Turn);
        double slim = random.Uniform(0.35, 1);
        int steps = Math.Clamp((int)(Angle.Turn * radius / LinePixels), 12, 240);
        Point[] outline = random.Below(9) switch
        {
            0 or 1 or 2 => Blob(random, steps),
            3 => Curve.Arc(new Point(0, 0), 1, slim, 0, Angle.Turn, steps)[..^1],
            4 => new Box(-1, -slim, 1, slim).Outline(),
            5 => Rounded(slim, random.Uniform(0.1, 0.9), steps / 4),
            6 => Star(random.Below(7) + 3, random.Chance(0.4) ? 1 : random.Uniform(0.35, 0.8), random),
            7 => Leaf(slim, steps / 2),
            _ => Corners(random),
        };
        (Point along, Point across) = (Point.Polar(radius, angle), Point.Polar(radius, angle).Across);
        return [.. outline.Select(point => centre + (along * point.X) + (across * point.Y))];
    }

    private static Point[] Blob(MotionRandom random, int steps)
    {
        int count = random.Below(7) + 4;
        double wild = random.Uniform(0.1, 0.6);
        Point[] corners = [.. Enumerable.Range(0, count).Select(i => Point.Polar(1 - random.Uniform(0, wild), (i + random.Uniform(-0.25, 0.25)) * Angle.Turn / count))];
        return Curve.Through(corners, Math.Max(4, steps / count));
    }

    private static Point[] Rounded(double half, double share, int steps)
    {
        double radius = half * share;
        Point corner = new(1 - radius, half - radius);
        return
        [
            .. Curve.Arc(corner, radius, radius, 0, Math.PI / 2, steps),
            .. Curve.Arc(new(-corner.X, corner.Y), radius, radius, Math.PI / 2, Math.PI / 2, steps),
            .. Curve.Arc(new(-corner.X, -corner.Y), radius, radius, Math.PI, Math.PI / 2, steps),
            .. Curve.Arc(new(corner.X, -corner.Y), radius, radius, -Math.PI / 2, Math.PI / 2, steps),
        ];
    }

    private static Point[] Star(int points, double inner, MotionRandom random)
    {
        bool isStar = inner < 1;
        int count = isStar ? 2 * points : points;
        double turn = random.Uniform(0, 1);
        return [.. Enumerable.Range(0, count).Select(i => Point.Polar(isStar && i % 2 == 1 ? inner : 1, (i + turn) * Angle.Turn / count))];
    }

    private static Point[] Leaf(double slim, int steps) =>
    [
        .. Curve.Bezier(new(-1, 0), new(-0.4, -slim), new(0.4, -slim), new(1, 0), steps)[..^1],
        .. Curve.Bezier(new(1, 0), new(0.4, 0.9 * slim), new(-0.4, 0.9 * slim), new(-1, 0), steps)[..^1],
    ];

    private static Point[] Corners(MotionRandom random)
    {
        int count = random.Below(5) + 3;
        return [.. Enumerable.Range(0, count).Select(i => Point.Polar(random.Uniform(0.5, 1), (i + random.Uniform(-0.3, 0.3)) * Angle.Turn / count))];
    }
}
