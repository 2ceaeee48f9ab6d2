namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Soft clouds between a few colours, as what is out of focus in a photograph.</summary>
internal sealed class TonePaint(ulong seed, double period, int octaves, Colour[] colours) : IPaint
{
    /// <summary>Clouds that are some tenths of a box large.</summary>
    public static TonePaint Draw(Box box, MotionRandom random, params Colour[] colours) => new(
        (ulong)random.Below(int.MaxValue), box.Diagonal * random.Uniform(0.15, 0.6), random.Below(3) + 1, colours);

    public Colour At(double x, double y, double side)
    {
        double sum = 0;
        double weight = 0.5;
        double scale = 1 / period;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += weight * Noise((x * scale) + (17.3 * octave), y * scale, seed + (ulong)octave);
            weight /= 2;
            scale *= 2;
        }

        double place = Math.Clamp(0.5 + (1.4 * sum), 0, 1) * (colours.Length - 1);
        int first = Math.Min((int)place, colours.Length - 2);
        return colours[first].Towards(colours[first + 1], place - first);
    }

    /// <summary>Smooth between random numbers of -1..1 at whole places.</summary>
    private static double Noise(double x, double y, ulong seed)
    {
        double left = Math.Floor(x);
        double top = Math.Floor(y);
        double u = Smooth(x - left);
        double v = Smooth(y - top);
        (long column, long row) = ((long)left, (long)top);
        double above = Mix(Hash.Signed(seed, column, row), Hash.Signed(seed, column + 1, row), u);
        double below = Mix(Hash.Signed(seed, column, row + 1), Hash.Signed(seed, column + 1, row + 1), u);
        return Mix(above, below, v);
    }

    private static double Smooth(double t) => t * t * t * (10 + (t * ((6 * t) - 15)));

    private static double Mix(double a, double b, double share) => a + ((b - a) * share);
}
