namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Lines as subtitles have them: in the lower part of a box, light with a dark outline, or in a bar.</summary>
internal sealed class Caption(Canvas canvas, MotionRandom random)
{
    private static readonly Colour Light = new(0.97f, 0.97f, 0.95f);
    private static readonly Colour Dark = new(0.04f, 0.04f, 0.05f);

    /// <summary>Writes one or two lines.</summary>
    public void Draw(Box box)
    {
        Typeface face = Typeface.Draw(Alphabet.Draw(random), Math.Clamp(box.Height * random.Uniform(0.04, 0.09), 10, 48), random) with { Contrast = 0 };
        bool hasBar = random.Chance(0.3);
        Colour letters = random.Chance(0.8) ? Light : Colour.OfHue(0.15, 0.8, 0.95);
        double y = box.Bottom - (face.Size * random.Uniform(0.6, 2.5));
        int lines = random.Below(2) + 1;
        for (int line = 0; line < lines; line++)
        {
            List<Glyph[]> words = [.. Enumerable.Range(0, random.Below(5) + 2).Select(i => face.Alphabet.Word(random, i == 0 ? 1 : 0))];
            while (words.Count > 1 && Width(face, words) > 0.9 * box.Width)
            {
                words.RemoveAt(words.Count - 1);
            }

            double left = box.Centre.X - (Width(face, words) / 2);
            canvas.Mask.Clip(box);
            if (hasBar)
            {
                double margin = 0.3 * face.Size;
                canvas.Mask.Fill(new Box(left - margin, y - (0.9 * face.Size), left + Width(face, words) + margin, y + (0.4 * face.Size)).Outline());
                canvas.FillMask(new FlatPaint(Dark), 0.75);
            }
            else
            {
                Write(face, words, new Point(left, y), Math.Max(1, 0.05 * face.Size));
                canvas.FillMask(new FlatPaint(Dark));
            }

            Write(face, words, new Point(left, y), 0);
            canvas.FillMask(new FlatPaint(letters));
            canvas.Mask.Unclip();
            y -= 1.3 * face.Size;
        }
    }

    private static double Width(Typeface face, List<Glyph[]> words) => words.Sum(word => face.Measure(word) + face.Space);

    private void Write(Typeface face, List<Glyph[]> words, Point start, double grow)
    {
        foreach (Glyph[] word in words)
        {
            face.Write(canvas.Mask, word, start, grow);
            start += new Point(face.Measure(word) + face.Space, 0);
        }
    }
}
