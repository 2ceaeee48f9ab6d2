namespace Vsr.Data.Synthesis.Drawing;

/// <summary>An alphabet at a size and weight.</summary>
internal sealed record Typeface
{
    /// <summary>The script.</summary>
    public required Alphabet Alphabet { get; init; }

    /// <summary>Pixels an em.</summary>
    public required double Size { get; init; }

    /// <summary>Half a stem's width, in ems.</summary>
    public required double Weight { get; init; }

    /// <summary>How much finer level lines are than upright ones, 0..1.</summary>
    public double Contrast { get; init; }

    /// <summary>How far letters lean to the right, a pixel of height.</summary>
    public double Slant { get; init; }

    /// <summary>More room between letters, in ems.</summary>
    public double Tracking { get; init; }

    /// <summary>The direction of lines.</summary>
    public Point Along { get; init; } = new(1, 0);

    /// <summary>Whether all letters are as wide.</summary>
    public bool IsFixed { get; init; }

    /// <summary>A typeface of a size: thin to bold, upright or slanted.</summary>
    public static Typeface Draw(Alphabet alphabet, double size, MotionRandom random) => new()
    {
        Alphabet = alphabet,
        Size = size,
        Weight = alphabet.IsDense ? random.Uniform(0.02, 0.04) : random.Chance(0.3) ? random.Uniform(0.06, 0.085) : random.Uniform(0.028, 0.055),
        Contrast = random.Chance(0.4) ? random.Uniform(0.3, 0.75) : 0,
        Slant = random.Chance(0.2) ? random.Uniform(0.12, 0.3) : 0,
        Tracking = random.Chance(0.2) ? random.Uniform(0.02, 0.15) : 0,
        IsFixed = random.Chance(0.12),
    };

    /// <summary>The width of a word.</summary>
    public double Measure(ReadOnlySpan<Glyph> word)
    {
        double width = 0;
        foreach (Glyph glyph in word)
        {
            width += Advance(glyph);
        }

        return width;
    }

    /// <summary>The width of a space.</summary>
    public double Space => Size * (IsFixed ? 0.6 : Alphabet.IsDense ? 0.1 : 0.3);

    /// <summary>Draws a word into a mask.</summary>
    /// <param name="mask">Where.</param>
    /// <param name="word">Its letters.</param>
    /// <param name="start">Where the base line begins.</param>
    /// <param name="grow">Pixels by which all lines are wider on each side, for outlines around letters.</param>
    public void Write(CoverageMask mask, ReadOnlySpan<Glyph> word, Point start, double grow = 0)
    {
        // a pen finer than that leaves letters that nobody can see
        double pen = Math.Max(Weight * Size, 0.38);
        start += Along * pen;
        int stride = Size < 11 ? 3 : Size < 22 ? 2 : 1;
        foreach (Glyph glyph in word)
        {
            foreach (Point[] stroke in glyph.Strokes)
            {
                int step = stroke.Length > 6 ? stride : 1;
                Point last = Place(stroke[0], start);
                for (int i = 0; i < stroke.Length - 1; i += step)
                {
                    Point from = stroke[i];
                    Point to = stroke[Math.Min(i + step, stroke.Length - 1)];
                    Point next = Place(to, start);
                    double radius = Math.Max(pen * (1 - (Contrast * Levelness(from, to))), 0.3) + grow;
                    mask.Stroke(last, next, radius, radius);
                    last = next;
                }
            }

            start += Along * Advance(glyph);
        }
    }

    private double Advance(Glyph glyph) => Size * ((IsFixed ? 0.62 : glyph.Advance) + Tracking + Weight);

    private Point Place(Point place, Point start) =>
        start + (Along * (Size * (place.X - (Slant * place.Y)))) + (Along.Across * (Size * place.Y));

    // 1 for level lines, 0 for upright ones
    private static double Levelness(Point from, Point to)
    {
        Point way = to - from;
        double square = (way.X * way.X) + (way.Y * way.Y);
        return square > 0 ? way.X * way.X / square : 0;
    }
}
