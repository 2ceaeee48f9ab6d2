namespace Vsr.Data.Tests.Degrading;

/// <summary>A clip's numbers lie in their ranges, fill them, and depend on seed, name and variant alone.</summary>
public class ClipDegradationTests
{
    private static readonly DegradationOptions Options = new() { HevcShare = 0.3 };

    [Fact]
    public void NumbersFillTheirRanges()
    {
        const int count = 4000;
        ClipDegradation[] drawn = [.. Enumerable.Range(0, count).Select(i => ClipDegradation.Draw(Options, 7, $"clip{i}"))];

        Assert.Equal(Enumerable.Range(20, 17), drawn.Select(clip => clip.Crf).Distinct().Order());
        Assert.Equal(28, drawn.Average(clip => clip.Crf), tolerance: 0.4);
        Fills(drawn.Select(clip => clip.BlurSigma), 2);
        Fills(drawn.Select(clip => clip.NoiseSigma), 8);
        Assert.Equal(0.5, drawn.Count(clip => clip.BlurSigma > 0) / (double)count, tolerance: 0.04);
        Assert.Equal(0.5, drawn.Count(clip => clip.NoiseSigma > 0) / (double)count, tolerance: 0.04);
        Assert.Equal(0.5, drawn.Count(clip => clip.IsNoiseColored) / (double)count, tolerance: 0.04);
        Assert.Equal(0.3, drawn.Count(clip => clip.Codec == CompressionCodec.Hevc) / (double)count, tolerance: 0.04);
        Assert.Equal(0.25, drawn.Count(clip => clip is { BlurSigma: > 0, NoiseSigma: > 0 }) / (double)count, tolerance: 0.04);
    }

    [Fact]
    public void NumbersDependOnSeedNameAndVariantAlone()
    {
        ClipDegradation drawn = ClipDegradation.Draw(Options, 3, "tree", 1);
        Assert.Equal(drawn, ClipDegradation.Draw(Options, 3, "tree", 1));
        Assert.NotEqual(Numbers(drawn), Numbers(ClipDegradation.Draw(Options, 3, "tree", 2)));
        Assert.NotEqual(Numbers(drawn), Numbers(ClipDegradation.Draw(Options, 4, "tree", 1)));
        Assert.NotEqual(Numbers(drawn), Numbers(ClipDegradation.Draw(Options, 3, "treee", 1)));
        Assert.NotEqual(Numbers(drawn), Numbers(ClipDegradation.Draw(Options, 3, "eert", 1)));
    }

    [Fact]
    public void OneOptionDoesNotChangeTheOtherNumbers()
    {
        ClipDegradation all = ClipDegradation.Draw(Options with { BlurShare = 1, NoiseShare = 1 }, 3, "tree");
        ClipDegradation none = ClipDegradation.Draw(Options with { BlurShare = 0, NoiseShare = 1, Crf = new(0, 0) }, 3, "tree");
        Assert.Equal(all with { BlurSigma = 0, Crf = 0 }, none);
        Assert.NotEqual(0, all.BlurSigma);
    }

    [Theory]
    [InlineData("20..36", 20, 36)]
    [InlineData("28", 28, 28)]
    [InlineData("0..2.5", 0, 2.5)]
    [InlineData("-1..1e1", -1, 10)]
    public void RangesAreRead(string text, double low, double high) =>
        Assert.Equal(new ValueRange(low, high), ValueRange.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("20..")]
    [InlineData("20-36")]
    [InlineData("1..2..3")]
    [InlineData("nan")]
    [InlineData("1,5..2")]
    public void WhatIsNoRangeIsRefused(string text) => Assert.Throws<ArgumentException>(() => ValueRange.Parse(text));

    [Fact]
    public void ValuesOutsideTheirLimitsAreRefused()
    {
        Refused("crf 20..60 is outside 0..51", new() { Crf = new(20, 60) });
        Refused("crf 30..20 is no range that rises inside 0..51", new() { Crf = new(30, 20) });
        Refused("crf 20.5..30 is not of whole numbers", new() { Crf = new(20.5, 30) });
        Refused("blur -1..2 is outside 0..16", new() { BlurSigma = new(-1, 2) });
        Refused("noise 0..100 is outside 0..64", new() { NoiseSigma = new(0, 100) });
        Refused("hevc share 1.5 is outside 0..1", new() { HevcShare = 1.5 });
        Refused("scale 5 is outside 2..4", new() { Scale = 5 });
    }

    private static void Refused(string message, DegradationOptions options) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(options.Validate).Message);

    private static (double, double, bool, CompressionCodec, int) Numbers(ClipDegradation drawn) =>
        (drawn.BlurSigma, drawn.NoiseSigma, drawn.IsNoiseColored, drawn.Codec, drawn.Crf);

    private static void Fills(IEnumerable<double> sigmas, double most)
    {
        double[] positive = [.. sigmas.Where(sigma => sigma > 0)];
        Assert.InRange(positive.Max(), 0.97 * most, most);
        Assert.InRange(positive.Min(), 0, 0.03 * most);
        Assert.Equal(most / 2, positive.Average(), tolerance: 0.04 * most);
    }
}
