namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Draws a pattern and how it lies.</summary>
internal static class PatternChoice
{
    private const double LeastPeriod = 2.2;

    /// <summary>A paint for a box, with periods from about two pixels to a quarter of the box.</summary>
    public static IPaint Draw(Box box, Palette palette, MotionRandom random)
    {
        double most = Math.Max(12, box.Side / 4);
        double period = random.Chance(0.3) ? random.Uniform(LeastPeriod, 6) : Skewed.Draw(random, 5, most);
        if (random.Chance(0.25))
        {
            return new PatternPaint(PatternPlane.DrawRound(box, random, Math.Max(period, 3)), Round(palette, random));
        }

        // what has finer parts than its period needs more pixels
        int kind = random.Below(9);
        period = kind < 3 ? period : Math.Max(period * 1.5, 6);
        double aspect = kind is 3 or 4 ? random.Uniform(1, 3.2) : random.Chance(0.7) ? 1 : random.Uniform(0.5, 2);
        return new PatternPaint(PatternPlane.Draw(box, random, period, aspect), Straight(kind, period, palette, random));
    }

    private static IPattern Straight(int kind, double period, Palette palette, MotionRandom random)
    {
        Colour other = Contrast(palette, random);
        double line = Math.Clamp(random.Uniform(0.8, 4) / period, 0.06, 0.4);
        ulong seed = (ulong)random.Below(int.MaxValue);
        return kind switch
        {
            0 => StripePattern.Draw(palette, random),
            1 => new CheckPattern(palette.Paper, other),
            2 => new WavePattern(palette.Paper, other, random.Chance(0.4)),
            3 => new BrickPattern(other, Near(palette, random), line, random.Choose([0.5, 0.5, 0.25, 0.333]), seed),
            4 => new BrickPattern(other, Mixed(palette, random), line, 0, seed),
            5 => new GridPattern(palette.Paper, other, line / 1.5, random.Choose([4, 5, 8, 10])),
            6 => new DotPattern(palette.Paper, other, random.Uniform(0.2, 0.48), random.Chance(0.3) ? random.Uniform(0.05, 0.12) : 0),
            7 => new ArcPattern(palette.Paper, other, random.Uniform(0.08, 0.25), seed),
            _ => new WeavePattern(palette.Paper, other, palette.Against(other, random), random.Uniform(0.45, 0.85)),
        };
    }

    private static IPattern Round(Palette palette, MotionRandom random)
    {
        Colour other = Contrast(palette, random);
        return random.Below(5) switch
        {
            0 or 1 => StripePattern.Draw(palette, random),
            2 => new CheckPattern(palette.Paper, other),
            3 => new WavePattern(palette.Paper, other, random.Chance(0.3)),
            _ => new BrickPattern(other, Mixed(palette, random), random.Uniform(0.08, 0.2), 0, (ulong)random.Below(int.MaxValue)),
        };
    }

    private static Colour Contrast(Palette palette, MotionRandom random) =>
        random.Chance(0.5) ? palette.Ink : palette.Against(palette.Paper, random);

    private static Colour[] Near(Palette palette, MotionRandom random)
    {
        Colour brick = palette.Other(random);
        return [.. Enumerable.Range(0, 7).Select(_ => brick.Jitter(random, 0.1))];
    }

    private static Colour[] Mixed(Palette palette, MotionRandom random) =>
        [palette.Paper, palette.Other(random), palette.Other(random), palette.Other(random), palette.Other(random)];
}
