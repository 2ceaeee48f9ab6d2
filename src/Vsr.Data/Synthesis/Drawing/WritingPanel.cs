namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Boxes full of writing: pages with columns and headings, signs, tables, program text, words strewn about.</summary>
internal sealed class WritingPanel(Canvas canvas, Palette palette, MotionRandom random)
{
    private const double Smallest = 6;
    private const double Largest = 60;

    /// <summary>Draws a panel with its ground.</summary>
    public void Draw(Box box)
    {
        canvas.Fill(box, Ground.Draw(box, palette.Paper, random, random.Uniform(0.02, 0.13)));
        DrawOver(box);
    }

    /// <summary>Writes over what is there.</summary>
    public void DrawOver(Box box)
    {
        double margin = Math.Min(random.Uniform(4, 30), box.Side / 8);
        switch (random.Below(8))
        {
            case 0 or 1 or 2:
                Page(box.Inset(margin));
                break;
            case 3:
                Sign(box.Inset(margin));
                break;
            case 4:
                Table(box.Inset(margin));
                break;
            case 5:
                ProgramText(box.Inset(margin));
                break;
            case 6:
                Strewn(box);
                break;
            default:
                Sizes(box.Inset(margin));
                break;
        }
    }

    private void Page(Box box)
    {
        Alphabet alphabet = Alphabet.Draw(random);
        Typeface body = Typeface.Draw(alphabet, Skewed.Draw(random, Smallest + 1, 24), random);
        double top = box.Top;
        if (random.Chance(0.6))
        {
            Typeface heading = body with { Size = Math.Min(body.Size * random.Uniform(1.6, 4), Largest), Weight = random.Uniform(0.05, 0.09) };
            TextBlock title = new(canvas, heading, random) { Alignment = random.Choose([0, 0.5]), IsCapitals = random.Chance(0.3), ParagraphShare = 0.5 };
            top = title.Fill(box, Ink(), random.Below(2) + 1) + (0.3 * heading.Size);
        }

        int columns = Math.Clamp((int)(box.Width / (body.Size * random.Uniform(14, 40))), 1, 4);
        double gap = 1.6 * body.Size;
        double width = (box.Width - (gap * (columns - 1))) / columns;
        IPaint ink = Ink();
        TextBlock text = new(canvas, body, random) { Leading = random.Uniform(1.15, 1.7), Alignment = random.Chance(0.85) ? 0 : 0.5 };
        for (int i = 0; i < columns; i++)
        {
            double left = box.Left + (i * (width + gap));
            text.Fill(new Box(left, top, left + width, box.Bottom), ink);
            if (i > 0 && random.Chance(0.3))
            {
                Point above = new(left - (gap / 2), top);
                canvas.Mask.Stroke(above, above with { Y = box.Bottom }, 0.5, 0.5);
                canvas.FillMask(ink);
            }
        }
    }

    private void Sign(Box box)
    {
        Typeface face = Typeface.Draw(Alphabet.Draw(random), Math.Min(random.Uniform(24, 110), box.Height * 0.7), random);
        bool isGradient = random.Chance(0.3);
        double y = box.Top + (box.Height * random.Uniform(0, 0.3)) + (0.8 * face.Size);
        int lines = random.Below(6) + 2;
        for (int line = 0; line < lines && y < box.Bottom; line++)
        {
            TextBlock text = new(canvas, face, random) { Alignment = 0.5, IsCapitals = random.Chance(0.5) };
            canvas.Mask.Clip(box);
            text.Line(box, y, random.Uniform(0.5, 1));
            canvas.FillMask(isGradient ? GradientPaint.Draw(box, random, palette.Ink, palette.Other(random)) : Ink());
            canvas.Mask.Unclip();
            y += face.Size * 1.3;
        }
    }

    private void Table(Box box)
    {
        Typeface face = Typeface.Draw(Alphabet.Draw(random), random.Uniform(8, 20), random);
        double row = face.Size * random.Uniform(1.5, 2.4);
        double[] columns = [0, .. Enumerable.Range(0, random.Below(5) + 2).Select(_ => random.Uniform(0.1, 0.9)).Order(), 1];
        (IPaint ink, IPaint line) = (Ink(), new FlatPaint(palette.Paper.Towards(palette.Ink, random.Uniform(0.2, 0.8))));
        FlatPaint band = new(palette.Paper.Towards(palette.Other(random), random.Uniform(0.1, 0.35)));
        (bool isBanded, bool isRuled) = (random.Chance(0.5), random.Chance(0.7));
        double pen = random.Uniform(0.4, 1);
        for (int i = 0; box.Top + ((i + 1) * row) <= box.Bottom; i++)
        {
            double top = box.Top + (i * row);
            if (isBanded && i % 2 == 1)
            {
                canvas.Fill(new Box(box.Left, top, box.Right, top + row), band);
            }

            for (int c = 0; c + 1 < columns.Length; c++)
            {
                Box cell = new(box.Left + (box.Width * columns[c]) + 4, top, box.Left + (box.Width * columns[c + 1]) - 4, top + row);
                if (cell.Width > 2 * face.Size)
                {
                    canvas.Mask.Clip(cell);
                    new TextBlock(canvas, i == 0 ? face with { Weight = face.Weight * 1.5 } : face, random) { Alignment = c == 0 ? 0 : 1 }
                        .Line(cell, top + (row / 2) + (0.3 * face.Size), random.Uniform(0.2, 0.9));
                    canvas.FillMask(ink);
                    canvas.Mask.Unclip();
                }
            }

            if (isRuled)
            {
                canvas.Mask.Stroke(new Point(box.Left, top + row), new Point(box.Right, top + row), pen, pen);
                canvas.FillMask(line);
            }
        }
    }

    private void ProgramText(Box box)
    {
        Typeface face = Typeface.Draw(Alphabet.Draw(random), random.Uniform(9, 20), random) with { IsFixed = true, Slant = 0, Contrast = 0 };
        FlatPaint[] inks = [new(palette.Ink), new(palette.Ink), new(palette.Against(palette.Paper, random)), new(palette.Against(palette.Paper, random))];
        double step = face.Size * random.Uniform(1.25, 1.6);
        int indent = 0;
        canvas.Mask.Clip(box);
        for (double y = box.Top + face.Size; y < box.Bottom; y += step)
        {
            indent = Math.Clamp(indent + random.Below(3) - 1, 0, 6);
            Point start = new(box.Left + (indent * 2 * face.Space), y);
            double end = box.Left + (box.Width * random.Uniform(0.15, 0.9));
            while (start.X < end)
            {
                Glyph[] word = face.Alphabet.Word(random, 0);
                face.Write(canvas.Mask, word, start);
                canvas.FillMask(random.Choose<FlatPaint>(inks));
                start += new Point(face.Measure(word) + face.Space, 0);
            }

            y += random.Chance(0.15) ? step : 0;
        }

        canvas.Mask.Unclip();
    }

    private void Strewn(Box box)
    {
        Alphabet alphabet = Alphabet.Draw(random);
        int words = random.Below(60) + 15;
        canvas.Mask.Clip(box);
        for (int i = 0; i < words; i++)
        {
            Typeface face = Typeface.Draw(alphabet, Skewed.Draw(random, Smallest + 2, Largest), random) with
            {
                Along = random.Chance(0.5) ? new Point(1, 0) : Point.Polar(1, random.Uniform(-1.2, 1.2)),
            };
            face.Write(canvas.Mask, alphabet.Word(random, random.Chance(0.3) ? int.MaxValue : 1), box.Somewhere(random));
            canvas.FillMask(Ink());
        }

        canvas.Mask.Unclip();
    }

    /// <summary>Lines that become smaller from line to line, as on an eye test.</summary>
    private void Sizes(Box box)
    {
        Typeface face = Typeface.Draw(Alphabet.Draw(random), Math.Min(Largest, box.Height / 4), random);
        double shrink = random.Uniform(0.8, 0.93);
        double y = box.Top;
        while (face.Size >= Smallest && y + face.Size < box.Bottom)
        {
            TextBlock line = new(canvas, face, random) { Alignment = 0.5, ParagraphShare = 0, IsCapitals = random.Chance(0.3) };
            y = line.Fill(box with { Top = y }, Ink(), 1) + (0.1 * face.Size);
            face = face with { Size = face.Size * shrink };
        }
    }

    private FlatPaint Ink() => new(random.Chance(0.7) ? palette.Ink : palette.Against(palette.Paper, random));
}
