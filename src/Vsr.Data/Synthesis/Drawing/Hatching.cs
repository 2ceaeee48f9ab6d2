namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Shades a shape by lines, as with a pen: one direction or two, straight or slightly bent.</summary>
internal sealed class Hatching(Canvas canvas, MotionRandom random)
{
    /// <summary>Hatches the inside of an outline.</summary>
    public void Draw(ReadOnlySpan<Point> outline, Point centre, double radius, IPaint ink)
    {
        double distance = random.Uniform(3, 11);
        double pen = random.Uniform(0.35, Math.Min(1.6, distance / 4));
        double angle = random.Uniform(0, Math.PI);
        int directions = random.Chance(0.35) ? 2 : 1;
        for (int i = 0; i < directions; i++)
        {
            Lines(centre, radius, angle + (i * random.Uniform(0.8, 1.6)), distance, pen);
        }

        canvas.Spare.Fill(outline);
        canvas.Mask.Intersect(canvas.Spare);
        canvas.Spare.Clear();
        canvas.FillMask(ink);
    }

    private void Lines(Point centre, double radius, double angle, double distance, double pen)
    {
        Point along = Point.Polar(radius, angle);
        Point across = Point.Polar(1, angle).Across;
        double jitter = random.Choose([0, 0.1, 0.25]) * distance;
        double bend = random.Chance(0.5) ? 0 : random.Uniform(-0.3, 0.3) * radius;
        for (double offset = -radius; offset < radius; offset += distance)
        {
            Point middle = centre + (across * (offset + random.Uniform(-jitter, jitter)));
            Point shift = across * random.Uniform(-jitter, jitter);
            if (bend == 0)
            {
                canvas.Mask.Stroke(middle - along, middle + along + shift, pen, pen);
            }
            else
            {
                Point side = across * bend;
                canvas.Mask.Stroke(Curve.Bezier(middle - along, middle - (along * 0.3) + side, middle + (along * 0.3) + side, middle + along, 16), pen);
            }
        }
    }
}
