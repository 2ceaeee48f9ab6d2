namespace Vsr.Data.Synthesis.Drawing;

/// <summary>The few colours of a picture: paper, ink that can be read on it, and others that go with them.</summary>
internal sealed class Palette
{
    private const float LeastContrast = 0.2f;

    private readonly Colour[] _others;

    private Palette(Colour paper, Colour ink, Colour[] others) => (Paper, Ink, _others) = (paper, ink, others);

    /// <summary>What most of the picture is.</summary>
    public Colour Paper { get; }

    /// <summary>Lines and writing; lighter or darker than the paper.</summary>
    public Colour Ink { get; }

    /// <summary>A palette: of one hue and its opposite, of neighbouring hues, of any, or of greys; strong or faint.</summary>
    public static Palette Draw(MotionRandom random)
    {
        double hue = random.Uniform(0, 1);
        double saturation = random.Choose([0.0, 0.15, 0.35, 0.6, 0.9]);
        double spread = random.Choose([0.04, 0.12, 0.5, 1.0]);
        bool isDark = random.Chance(0.35);
        double contrast = random.Chance(0.7) ? random.Uniform(0.65, 1) : random.Uniform(0.35, 0.65);
        double paper = isDark ? random.Uniform(0, 0.3) : random.Uniform(0.75, 1);
        double ink = isDark ? paper + ((1 - paper) * contrast) : paper * (1 - contrast);
        Colour[] others = new Colour[random.Below(4) + 3];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = Colour.OfHue(
                hue + random.Uniform(0, spread), Math.Min(1, saturation * random.Uniform(0.6, 1.3)), random.Uniform(0.2, 1));
        }

        return new Palette(
            Colour.OfHue(hue, saturation * random.Uniform(0, isDark ? 0.8 : 0.3), paper),
            Colour.OfHue(hue + 0.5, saturation * random.Uniform(0, isDark ? 0.3 : 0.9), ink),
            others);
    }

    /// <summary>One of the other colours.</summary>
    public Colour Other(MotionRandom random) => random.Choose<Colour>(_others);

    /// <summary>Another colour that stands out from a given one; the ink or the paper where none of a few does.</summary>
    public Colour Against(Colour ground, MotionRandom random)
    {
        for (int i = 0; i < 4; i++)
        {
            Colour other = Other(random);
            if (Math.Abs(other.Luma - ground.Luma) > LeastContrast)
            {
                return other;
            }
        }

        return Math.Abs(Ink.Luma - ground.Luma) > Math.Abs(Paper.Luma - ground.Luma) ? Ink : Paper;
    }
}
