using Vsr.Data.Synthesis;
using Vsr.Data.Synthesis.Drawing;

namespace Vsr.Data.Tests.Synthesis.Drawing;

public class PatternTests
{
    private static readonly Colour Black = new(0, 0, 0);
    private static readonly Colour White = new(1, 1, 1);

    public static TheoryData<string> Kinds => ["check", "grid", "brick", "tile", "dot", "ring", "arc", "wave", "weave", "stripe"];

    [Fact]
    public void Paints_are_the_means_of_many_samples_in_a_pixel()
    {
        const int samples = 8;
        const int patterns = 150;
        Box box = new(0, 0, 96, 96);
        double worst = 0;
        double sum = 0;
        for (int seed = 0; seed < patterns; seed++)
        {
            MotionRandom random = new(new SampleGenerator((ulong)seed, 9, 9));
            IPaint paint = PatternChoice.Draw(box, Palette.Draw(random), random);
            double squares = 0;
            for (int i = 0; i < 400; i++)
            {
                (double x, double y) = (random.Below(96), random.Below(96));
                double mean = 0;
                for (int k = 0; k < samples * samples; k++)
                {
                    mean += paint.At(x + (((k % samples) + 0.5) / samples), y + (((k / samples) + 0.5) / samples), 1.0 / samples).Luma / (samples * samples);
                }

                double difference = paint.At(x + 0.5, y + 0.5, 1).Luma - mean;
                squares += difference * difference / 400;
            }

            worst = Math.Max(worst, Math.Sqrt(squares));
            sum += Math.Sqrt(squares) / patterns;
        }

        Assert.InRange(sum, 0, 0.01);
        Assert.InRange(worst, 0, 0.05);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_pixel_cannot_hold_is_the_patterns_mean(string kind)
    {
        IPattern pattern = Of(kind);
        double mean = 0;
        const int side = 240;
        for (int i = 0; i < side * side; i++)
        {
            // twelve periods each way, finely
            mean += pattern.At(new PatternSpot(0.05 * (i % side), 0.05 * (i / side), 0.01, 0.01, 0.1)).Luma / (side * side);
        }

        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(mean, pattern.At(new PatternSpot(0.37 * i, 0.61 * i, 8, 8, 1)).Luma, 0.03);
        }
    }

    [Fact]
    public void A_grating_near_half_a_period_a_pixel_keeps_its_frequency_and_has_no_other()
    {
        const int count = 240;
        foreach (int cycles in new[] { 12, 40, 70, 84, 100 })
        {
            double frequency = (double)cycles / count;
            WavePattern pattern = new(Black, White, isCrossed: false);
            double[] row = [.. Enumerable.Range(0, count).Select(x => (double)pattern.At(new PatternSpot((x + 0.5) * frequency, 0, frequency, 0, 1)).Luma)];
            double own = Amplitude(row, cycles);
            Assert.InRange(own, 0.15, 0.25);
            for (int other = 1; other < count / 2; other++)
            {
                Assert.True(other == cycles || Amplitude(row, other) < 1e-3, $"{other} cycles in a grating of {cycles}");
            }
        }
    }

    private static double Amplitude(double[] row, int cycles)
    {
        double real = row.Select((value, x) => value * Math.Cos(2 * Math.PI * cycles * x / row.Length)).Sum() / row.Length;
        double imaginary = row.Select((value, x) => value * Math.Sin(2 * Math.PI * cycles * x / row.Length)).Sum() / row.Length;
        return Math.Sqrt((real * real) + (imaginary * imaginary));
    }

    private static IPattern Of(string kind) => kind switch
    {
        "check" => new CheckPattern(Black, White),
        "grid" => new GridPattern(Black, White, 0.2, 4),
        "brick" => new BrickPattern(Black, [White, White.Towards(Black, 0.2)], 0.2, 0.5, 3),
        "tile" => new BrickPattern(White, [Black, Black.Towards(White, 0.2)], 0.1, 0, 3),
        "dot" => new DotPattern(Black, White, 0.4, 0),
        "ring" => new DotPattern(Black, White, 0.3, 0.08),
        "arc" => new ArcPattern(Black, White, 0.15, 5),
        "wave" => new WavePattern(Black, White, isCrossed: true),
        "weave" => new WeavePattern(Black, White.Towards(Black, 0.5), White, 0.6),
        _ => StripePattern.Draw(Palette.Draw(new MotionRandom(new SampleGenerator(1, 1, 1))), new MotionRandom(new SampleGenerator(2, 1, 1))),
    };
}
