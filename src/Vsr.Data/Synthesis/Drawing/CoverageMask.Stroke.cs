namespace Vsr.Data.Synthesis.Drawing;

/// <content>Strokes, by their distance from the pen's way.</content>
internal sealed partial class CoverageMask
{
    /// <summary>A line drawn by a round pen.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="radius">Half the width where it begins.</param>
    /// <param name="endRadius">Half the width where it ends.</param>
    public void Stroke(Point from, Point to, double radius, double endRadius)
    {
        (from, to, radius, endRadius) = (from * _scale, to * _scale, radius * _scale, endRadius * _scale);
        double reach = Math.Max(radius, endRadius) + 0.5;
        (int left, int top, int right, int bottom) = Touch(
            Math.Min(from.X, to.X) - reach, Math.Min(from.Y, to.Y) - reach, Math.Max(from.X, to.X) + reach, Math.Max(from.Y, to.Y) + reach);
        Point way = to - from;
        double square = (way.X * way.X) + (way.Y * way.Y);
        double perSquare = square > 0 ? 1 / square : 0;
        for (int row = top; row < bottom; row++)
        {
            double y = row + 0.5 - from.Y;
            (int first, int end) = Columns(from.X, way, y, reach, left, right);
            for (int column = first; column < end; column++)
            {
                double x = column + 0.5 - from.X;
                double t = Math.Clamp(((x * way.X) + (y * way.Y)) * perSquare, 0, 1);
                (double dx, double dy) = (x - (t * way.X), y - (t * way.Y));
                double pen = radius + ((endRadius - radius) * t);
                double squaredDistance = (dx * dx) + (dy * dy);
                if (squaredDistance < (pen + 0.5) * (pen + 0.5))
                {
                    ref float value = ref _values[(row * _width) + column];
                    value = Math.Max(value, Covered(Math.Sqrt(squaredDistance), pen));
                }
            }
        }
    }

    /// <summary>Lines from point to point.</summary>
    public void Stroke(ReadOnlySpan<Point> points, double radius)
    {
        for (int i = 1; i < points.Length; i++)
        {
            Stroke(points[i - 1], points[i], radius, radius);
        }
    }

    /// <summary>Lines around a closed outline.</summary>
    public void StrokeClosed(ReadOnlySpan<Point> points, double radius)
    {
        Stroke(points, radius);
        Stroke(points[^1], points[0], radius, radius);
    }

    // The share of a pixel's width that a stripe of the pen's width covers; also for pens narrower than a pixel.
    private static float Covered(double distance, double pen) =>
        (float)(Math.Clamp(pen + 0.5 - distance, 0, 1) - Math.Clamp(0.5 - pen - distance, 0, 1));

    // The columns that a row of a long oblique line can touch, so that its whole rectangle need not be searched.
    private static (int First, int End) Columns(double startX, Point way, double y, double reach, int left, int right)
    {
        double fromX = startX;
        double toX = startX + way.X;
        if (Math.Abs(way.Y) > 1e-9)
        {
            double t0 = Math.Clamp((y - reach) / way.Y, 0, 1);
            double t1 = Math.Clamp((y + reach) / way.Y, 0, 1);
            (fromX, toX) = (startX + (t0 * way.X), startX + (t1 * way.X));
        }

        int first = (int)Math.Max(left, Math.Floor(Math.Min(fromX, toX) - reach));
        int end = (int)Math.Min(right, Math.Ceiling(Math.Max(fromX, toX) + reach));
        return (first, end);
    }
}
