namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Stripes of two or more colours and of various widths.</summary>
internal sealed class StripePattern : IPattern
{
    private readonly Colour[] _colours;
    private readonly double[] _starts;

    private StripePattern(Colour[] colours, double[] starts) => (_colours, _starts) = (colours, starts);

    /// <summary>Half paper and half ink, or several colours.</summary>
    public static StripePattern Draw(Palette palette, MotionRandom random)
    {
        int count = random.Chance(0.6) ? 2 : random.Below(3) + 3;
        bool isEven = random.Chance(0.4);
        Colour[] colours = new Colour[count];
        double[] starts = new double[count + 1];
        for (int i = 0; i < count; i++)
        {
            colours[i] = i switch { 0 => palette.Paper, 1 => random.Chance(0.5) ? palette.Ink : palette.Against(palette.Paper, random), _ => palette.Other(random) };
            starts[i + 1] = starts[i] + (isEven ? 1 : random.Uniform(0.3, 1.7));
        }

        return new StripePattern(colours, [.. starts.Select(start => start / starts[count])]);
    }

    public Colour At(PatternSpot spot)
    {
        (float red, float green, float blue) = (0, 0, 0);
        for (int i = 0; i < _colours.Length; i++)
        {
            float share = (float)spot.PulseU(_starts[i], _starts[i + 1] - _starts[i]);
            red += share * _colours[i].Red;
            green += share * _colours[i].Green;
            blue += share * _colours[i].Blue;
        }

        return new Colour(red, green, blue);
    }
}
