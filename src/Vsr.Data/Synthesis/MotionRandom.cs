namespace Vsr.Data.Synthesis;

/// <summary>The distributions that motion is drawn from, over a seeded generator.</summary>
internal sealed class MotionRandom(SampleGenerator generator)
{
    private SampleGenerator _generator = generator;

    /// <summary>Evenly from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Fraction());

    /// <summary>Normally distributed around zero (Box and Muller's transform).</summary>
    public double Normal(double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - Fraction())) * Math.Cos(2 * Math.PI * Fraction());

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>A whole number from 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)_generator.Below(limit);

    /// <summary>One of some values, evenly.</summary>
    public T Choose<T>(ReadOnlySpan<T> values) => values[Below(values.Length)];

    /// <summary>An index with probability proportional to its weight.</summary>
    public int ChooseWeighted(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        double rest = Fraction() * sum;
        int index = 0;
        while (index < weights.Length - 1 && (rest -= weights[index]) >= 0)
        {
            index++;
        }

        return index;
    }

    private double Fraction() => (_generator.NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
