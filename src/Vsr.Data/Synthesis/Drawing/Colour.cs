namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Red, green and blue as they are stored, 0..1.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    /// <summary>How bright it is, 0..1 (the weights of ITU-R BT.601).</summary>
    public float Luma => (0.299f * Red) + (0.587f * Green) + (0.114f * Blue);

    /// <summary>From hue (a turn is 1), saturation and value, all 0..1.</summary>
    public static Colour OfHue(double hue, double saturation, double value)
    {
        return new Colour(Channel(5), Channel(3), Channel(1));

        float Channel(int offset)
        {
            double k = offset + (6 * (hue - Math.Floor(hue)));
            k -= k >= 6 ? 6 : 0;
            return (float)(value * (1 - (saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1))));
        }
    }

    /// <summary>Part of the way to another colour.</summary>
    public Colour Towards(Colour other, double share)
    {
        float t = (float)share;
        return new Colour(Red + ((other.Red - Red) * t), Green + ((other.Green - Green) * t), Blue + ((other.Blue - Blue) * t));
    }

    /// <summary>A neighbour of it: each channel nearly as bright.</summary>
    public Colour Jitter(MotionRandom random, double most)
    {
        double shift = random.Uniform(-most, most);
        return new Colour(Near(Red), Near(Green), Near(Blue));

        float Near(float channel) => (float)Math.Clamp(channel + shift + random.Uniform(-most / 3, most / 3), 0, 1);
    }
}
