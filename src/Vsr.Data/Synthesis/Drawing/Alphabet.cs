namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A made-up script: small letters and capitals in one manner, or a dense script.</summary>
internal sealed class Alphabet
{
    private const int Letters = 22;

    private readonly Glyph[] _small;
    private readonly Glyph[] _capitals;

    private Alphabet(Glyph[] small, Glyph[] capitals, bool isDense) => (_small, _capitals, IsDense) = (small, capitals, isDense);

    /// <summary>Whether letters are dense and stand without spaces between words.</summary>
    public bool IsDense { get; }

    /// <summary>Makes one up.</summary>
    public static Alphabet Draw(MotionRandom random)
    {
        if (random.Chance(0.15))
        {
            Glyph[] dense = [.. Enumerable.Range(0, 2 * Letters).Select(_ => GlyphDrawing.Dense(random))];
            return new Alphabet(dense, dense, isDense: true);
        }

        double serif = random.Chance(0.35) ? random.Uniform(0.05, 0.1) : 0;
        return new Alphabet(
            [.. Enumerable.Range(0, Letters).Select(_ => GlyphDrawing.Letter(random, isCapital: false, serif))],
            [.. Enumerable.Range(0, Letters).Select(_ => GlyphDrawing.Letter(random, isCapital: true, serif))],
            isDense: false);
    }

    /// <summary>A word of a few letters.</summary>
    /// <param name="random">The picture's random numbers.</param>
    /// <param name="capitals">How many of its letters are capitals, from the first.</param>
    public Glyph[] Word(MotionRandom random, int capitals)
    {
        // some letters are more frequent than others
        Glyph[] word = new Glyph[1 + random.Below(random.Chance(0.6) ? 6 : 11)];
        for (int i = 0; i < word.Length; i++)
        {
            Glyph[] letters = i < capitals ? _capitals : _small;
            word[i] = letters[Math.Min(random.Below(letters.Length), random.Below(letters.Length))];
        }

        return word;
    }
}
