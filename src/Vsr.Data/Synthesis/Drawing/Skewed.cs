namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Sizes, of which small ones are more frequent than large ones.</summary>
internal static class Skewed
{
    /// <summary>From the least to the most, half of them in the lowest quarter.</summary>
    public static double Draw(MotionRandom random, double least, double most)
    {
        double t = random.Uniform(0, 1);
        return least + ((most - least) * t * t);
    }
}
