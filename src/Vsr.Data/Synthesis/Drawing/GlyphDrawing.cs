namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Makes up letters from stems, bars, bowls, arches, hooks, slants, tails and dots, or, for a dense script, from many strokes in a square.</summary>
internal static class GlyphDrawing
{
    private const double XHeight = -0.5;
    private const double Ascender = -0.74;
    private const double Descender = 0.22;
    private const int HalfCircle = 10;          // lines of half a circle

    /// <summary>A letter of a script with stems: small ones, or capitals and figures that are as high as ascenders.</summary>
    public static Glyph Letter(MotionRandom random, bool isCapital, double serif)
    {
        double top = isCapital ? Ascender : XHeight;
        double width = random.Uniform(0.3, isCapital ? 0.62 : 0.52);
        List<Point[]> strokes = [];
        switch (random.Below(12))
        {
            case 0 or 1:        // a stem with a bowl on one side
                double stem = random.Chance(0.6) ? 0 : width;
                double end = isCapital ? top : random.Choose([top, Ascender, Ascender, XHeight]);
                strokes.Add([new(stem, end), new(stem, random.Chance(0.35) && !isCapital ? Descender : 0)]);
                double from = isCapital && random.Chance(0.6) ? top / 2 : 0;
                strokes.Add(Bowl(stem, width - stem, random.Chance(0.5) ? top : top / 2, from));
                break;
            case 2:             // ring, perhaps with a bar
                strokes.Add(Curve.Arc(new(width / 2, top / 2), width / 2, -top / 2, 0, Angle.Turn, 2 * HalfCircle));
                AddBar(strokes, random, width, top);
                break;
            case 3:             // open ring
                double opening = random.Uniform(0.5, 1.1);
                strokes.Add(Curve.Arc(new(width / 2, top / 2), width / 2, -top / 2, opening, Angle.Turn - (2 * opening), 2 * HalfCircle));
                AddBar(strokes, random, width, top);
                break;
            case 4:             // arches
                Arches(strokes, random, width, top);
                break;
            case 5:             // cup
                double foot = -0.5 * width;
                strokes.Add([new(0, top), new(0, foot), .. Curve.Arc(new(width / 2, foot), width / 2, -foot, Math.PI, -Math.PI, HalfCircle), new(width, top)]);
                break;
            case 6:             // slants that meet
                bool isUp = random.Chance(0.5);
                strokes.Add([new(0, isUp ? 0 : top), new(width / 2, isUp ? top : 0), new(width, isUp ? 0 : top)]);
                AddBar(strokes, random, width * 0.8, top);
                break;
            case 7:             // cross or zigzag
                strokes.Add(random.Chance(0.5)
                    ? [new(0, top), new(width, top), new(0, 0), new(width, 0)]
                    : [new(0, top), new(width, 0)]);
                strokes.Add(random.Chance(0.5) ? [new(width, top), new(0, 0)] : [new(0, top), new(0, 0)]);
                break;
            case 8:             // narrow stem with bar, hook or dot
                width *= 0.55;
                NarrowStem(strokes, random, width, isCapital);
                break;
            case 9:             // stems and bars
                strokes.Add([new(0, top), new(0, 0)]);
                AddBars(strokes, random, width, top);
                break;
            case 10:            // winding
                strokes.Add(Curve.Bezier(new(width, top * 0.9), new(-0.6 * width, top * 1.3), new(1.6 * width, top * -0.3), new(0, top * 0.1), 2 * HalfCircle));
                break;
            default:            // two stems joined
                strokes.Add([new(0, top), new(0, 0)]);
                strokes.Add([new(width, top), new(width, 0)]);
                strokes.Add(random.Chance(0.5) ? [new(0, top / 2), new(width, top / 2)] : [new(0, top), new(width, random.Choose([0, top / 2]))]);
                break;
        }

        AddSerifs(strokes, serif);
        return new Glyph(strokes, width + 0.16);
    }

    /// <summary>A letter of five to twelve strokes in a square.</summary>
    public static Glyph Dense(MotionRandom random)
    {
        const double top = -0.78;
        const double width = 0.84;
        List<Point[]> strokes = [];
        int count = random.Below(8) + 5;
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = (random.Below(5) * width / 4, random.Below(6) * top / 5);
            (double right, double below) = (width * random.Uniform(0.3, 1), top * random.Uniform(0.25, 0.8));
            strokes.Add(random.Below(6) switch
            {
                0 or 1 => [new(Math.Min(x, width - right), y), new(Math.Min(width, x + right), y)],
                2 or 3 => [new(x, Math.Max(top, y + below)), new(x, Math.Min(0, y - (below / 3)))],
                4 => Curve.Bezier(new(x, y + (top - y)), new(x, y), new(x * 0.8, y * 0.5), new(x * 0.3, 0), HalfCircle / 2),
                _ => [new(x, y), new(Math.Min(width, x + 0.14), Math.Min(0, y + 0.14))],
            });
        }

        if (random.Chance(0.3))
        {
            strokes.Add([new(0, top), new(width, top), new(width, 0), new(0, 0), new(0, top)]);
        }

        return new Glyph(strokes, 1);
    }

    private static Point[] Bowl(double x, double width, double top, double bottom) =>
        Curve.Arc(new(x, (top + bottom) / 2), width, Math.Abs(bottom - top) / 2, -Math.PI / 2, Math.PI, HalfCircle);

    private static void Arches(List<Point[]> strokes, MotionRandom random, double width, double top)
    {
        int count = random.Chance(0.3) ? 2 : 1;
        strokes.Add([new(0, random.Chance(0.3) ? Ascender : top), new(0, 0)]);
        double radius = width / 2 / (count == 1 ? 1 : 1.4);
        double shoulder = top + radius;
        for (int i = 0; i < count; i++)
        {
            double left = 2 * radius * i;
            strokes.Add([.. Curve.Arc(new(left + radius, shoulder), radius, radius, Math.PI, Math.PI, HalfCircle), new(left + (2 * radius), 0)]);
        }
    }

    private static void NarrowStem(List<Point[]> strokes, MotionRandom random, double width, bool isCapital)
    {
        double end = isCapital || random.Chance(0.5) ? Ascender : XHeight;
        double x = width / 2;
        strokes.Add(random.Below(3) switch
        {
            0 => [new(x, end), new(x, -0.15), .. Curve.Arc(new(x + 0.15, -0.15), 0.15, 0.15, Math.PI, -Math.PI / 2, HalfCircle / 2)],
            1 => [.. Curve.Arc(new(x + 0.15, end + 0.15), 0.15, 0.15, -Math.PI / 2, -Math.PI / 2, HalfCircle / 2), new(x, 0)],
            _ => [new(x, end), new(x, 0)],
        });
        if (random.Chance(0.5))
        {
            strokes.Add([new(0, XHeight), new(width, XHeight)]);
        }
        else if (end == XHeight)
        {
            strokes.Add([new(x, Ascender), new(x + 0.001, Ascender)]);
        }
    }

    private static void AddBar(List<Point[]> strokes, MotionRandom random, double width, double top)
    {
        if (random.Chance(0.4))
        {
            double y = top * random.Choose([0.35, 0.5]);
            strokes.Add([new(width * 0.1, y), new(width, y)]);
        }
    }

    private static void AddBars(List<Point[]> strokes, MotionRandom random, double width, double top)
    {
        foreach (double share in new[] { 0, 0.5, 1 })
        {
            if (random.Chance(0.65))
            {
                strokes.Add([new(0, top * share), new(width * random.Uniform(0.7, 1), top * share)]);
            }
        }
    }

    // short bars at the ends of upright lines
    private static void AddSerifs(List<Point[]> strokes, double length)
    {
        if (length <= 0)
        {
            return;
        }

        foreach (Point[] stroke in strokes.ToArray())
        {
            Point last = stroke[^1];
            if (Math.Abs(last.X - stroke[^2].X) < 1e-9 && Math.Abs(last.Y - stroke[^2].Y) > 0.1)
            {
                strokes.Add([new(last.X - length, last.Y), new(last.X + length, last.Y)]);
            }

            if (Math.Abs(stroke[0].X - stroke[1].X) < 1e-9 && Math.Abs(stroke[0].Y - stroke[1].Y) > 0.1)
            {
                strokes.Add([new(stroke[0].X - length, stroke[0].Y), stroke[0]]);
            }
        }
    }
}
