namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Fills a box with lines of writing.</summary>
internal sealed class TextBlock(Canvas canvas, Typeface face, MotionRandom random)
{
    /// <summary>Distance of lines, in ems.</summary>
    public double Leading { get; init; } = 1.35;

    /// <summary>How likely a line ends a paragraph.</summary>
    public double ParagraphShare { get; init; } = 0.12;

    /// <summary>The share of capitals in words: none but the first letter, or all.</summary>
    public bool IsCapitals { get; init; }

    /// <summary>Where lines are against the box: 0 left, 0.5 in the middle, 1 right.</summary>
    public double Alignment { get; init; }

    /// <summary>Writes lines until the box is full, or as many as are wanted.</summary>
    /// <param name="box">Where.</param>
    /// <param name="paint">The colour of the writing.</param>
    /// <param name="most">The most lines.</param>
    /// <returns>Where the next line would begin, from above.</returns>
    public double Fill(Box box, IPaint paint, int most = int.MaxValue)
    {
        double y = box.Top + (0.85 * face.Size);
        double step = face.Size * Leading;
        canvas.Mask.Clip(box with { Left = box.Left - (0.15 * face.Size) });           // serifs and slanted letters stand out
        for (int line = 0; line < most && y + (0.25 * face.Size) <= box.Bottom; line++)
        {
            bool isLast = random.Chance(ParagraphShare);
            Line(box, y, isLast ? random.Uniform(0.15, 0.8) : 1);
            y += step + (isLast && random.Chance(0.5) ? step * 0.6 : 0);
        }

        canvas.FillMask(paint);
        canvas.Mask.Unclip();
        return y - (0.6 * face.Size);
    }

    /// <summary>Puts a line of words into the mask.</summary>
    /// <param name="box">Left, right and width count.</param>
    /// <param name="y">The base line.</param>
    /// <param name="share">How much of the width it takes.</param>
    public void Line(Box box, double y, double share)
    {
        double room = box.Width * share;
        List<Glyph[]> words = [];
        double width = 0;
        while (words.Count < 60)
        {
            Glyph[] word = face.Alphabet.Word(random, IsCapitals ? int.MaxValue : random.Chance(0.15) ? 1 : 0);
            double more = face.Measure(word) + (words.Count > 0 ? face.Space : 0);
            if (width + more > room)
            {
                // a line that even its first word does not fit in has some of its letters
                if (words.Count == 0)
                {
                    words.Add(word[..Math.Clamp((int)(word.Length * room / more), 1, word.Length)]);
                    width = face.Measure(words[0]);
                }

                break;
            }

            words.Add(word);
            width += more;
        }

        Point start = new(box.Left + (Alignment * Math.Max(0, box.Width - width)), y);
        foreach (Glyph[] word in words)
        {
            face.Write(canvas.Mask, word, start);
            start += face.Along * (face.Measure(word) + face.Space);
        }
    }
}
