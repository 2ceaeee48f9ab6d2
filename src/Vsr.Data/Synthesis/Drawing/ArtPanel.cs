namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Boxes of drawn things: overlapping shapes with outlines, pen drawings with hatching, curves, contour lines, plots.</summary>
internal sealed class ArtPanel(Canvas canvas, Palette palette, MotionRandom random)
{
    /// <summary>Draws a panel with its ground.</summary>
    public void Draw(Box box)
    {
        canvas.Fill(box, Ground.Draw(box, random.Chance(0.7) ? palette.Paper : palette.Other(random), random, random.Uniform(0.02, 0.3)));
        canvas.Mask.Clip(box);
        canvas.Spare.Clip(box);
        switch (random.Below(8))
        {
            case 0 or 1 or 2:
                Shapes(box, random.Below(40) + 15, Skewed.Draw(random, 0.08, 0.35) * box.Side);
                break;
            case 3:
                Sketch(box);
                break;
            case 4:
                Curves(box);
                break;
            case 5:
                Strands(box);
                break;
            case 6:
                Contours(box);
                break;
            default:
                Plot(box);
                break;
        }

        canvas.Mask.Unclip();
        canvas.Spare.Unclip();
    }

    /// <summary>Scatters a few shapes over what is there.</summary>
    public void DrawOver(Box box)
    {
        canvas.Mask.Clip(box);
        canvas.Spare.Clip(box);
        Shapes(box, random.Below(8) + 2, box.Side * random.Uniform(0.06, 0.2));
        canvas.Mask.Unclip();
        canvas.Spare.Unclip();
    }

    private void Shapes(Box box, int count, double size)
    {
        double pen = random.Chance(0.2) ? 0 : Skewed.Draw(random, 0.4, 3.5);
        bool hasShadows = random.Chance(0.35);
        double inkShare = random.Choose([0.8, 1, 1]);
        for (int i = 0; i < count; i++)
        {
            // the first ones are large, and later ones lie on them
            double radius = size * (0.4 + (1.8 * (count - i) / count)) * random.Uniform(0.4, 1.3);
            Point centre = box.Somewhere(random);
            Point[] outline = ShapeChoice.Draw(centre, radius, random);
            if (hasShadows && random.Chance(0.6))
            {
                Shadow.Draw(canvas, outline, random);
            }

            canvas.Mask.Fill(outline);
            canvas.FillMask(Paint(new Box(centre.X - radius, centre.Y - radius, centre.X + radius, centre.Y + radius)), random.Chance(0.1) ? 0.6 : 1);
            if (random.Chance(0.12))
            {
                new Hatching(canvas, random).Draw(outline, centre, radius, new FlatPaint(palette.Ink));
            }

            if (pen > 0 && random.Chance(inkShare))
            {
                canvas.Mask.StrokeClosed(outline, pen);
                canvas.FillMask(new FlatPaint(palette.Ink));
            }
        }
    }

    private IPaint Paint(Box box) => random.Below(8) switch
    {
        0 => GradientPaint.Draw(box, random, palette.Other(random), palette.Other(random)),
        1 when box.Side > 24 => PatternChoice.Draw(box, palette, random),
        2 => new FlatPaint(palette.Paper),
        _ => new FlatPaint(palette.Other(random).Jitter(random, 0.08)),
    };

    private void Sketch(Box box)
    {
        FlatPaint ink = new(palette.Ink);
        int count = random.Below(14) + 5;
        for (int i = 0; i < count; i++)
        {
            double radius = box.Side * Skewed.Draw(random, 0.08, 0.4);
            Point centre = box.Somewhere(random);
            Point[] outline = ShapeChoice.Draw(centre, radius, random);
            canvas.Mask.Fill(outline);
            canvas.FillMask(new FlatPaint(palette.Paper.Jitter(random, 0.04)));
            if (random.Chance(0.8))
            {
                new Hatching(canvas, random).Draw(outline, centre, radius, ink);
            }

            canvas.Mask.StrokeClosed(outline, random.Uniform(0.4, 1.5));
            canvas.FillMask(ink);
        }
    }

    private void Curves(Box box)
    {
        int count = random.Below(50) + 10;
        double widest = Skewed.Draw(random, 0.6, 7);
        Box wide = box.Inset(-0.15 * box.Side);
        for (int i = 0; i < count; i++)
        {
            Point[] way = Curve.Bezier(wide.Somewhere(random), wide.Somewhere(random), wide.Somewhere(random), wide.Somewhere(random), 120);
            double radius = Skewed.Draw(random, 0.4, widest + 0.2);
            Swell(way, radius, random.Chance(0.6));
            canvas.FillMask(new FlatPaint(random.Chance(0.5) ? palette.Ink : palette.Other(random)));
        }
    }

    // a line that is wide in its middle, as a brush draws it, or even
    private void Swell(Point[] way, double radius, bool isSwelling)
    {
        double Pen(int i) => isSwelling ? 0.25 + (radius * 4 * i * (way.Length - i) / ((double)way.Length * way.Length)) : radius;
        for (int i = 0; i + 1 < way.Length; i++)
        {
            canvas.Mask.Stroke(way[i], way[i + 1], Pen(i), Pen(i + 1));
        }
    }

    /// <summary>Bundles of nearly parallel fine lines, as of hair or grass.</summary>
    private void Strands(Box box)
    {
        int bundles = random.Below(6) + 2;
        Box wide = box.Inset(-0.1 * box.Side);
        for (int bundle = 0; bundle < bundles; bundle++)
        {
            Point[] corners = [.. Enumerable.Range(0, 4).Select(_ => wide.Somewhere(random))];
            (double spread, double pen) = (box.Side * random.Uniform(0.05, 0.3), random.Uniform(0.3, 1.2));
            Colour colour = random.Chance(0.5) ? palette.Ink : palette.Other(random);
            int count = random.Below(60) + 20;
            for (int i = 0; i < count; i++)
            {
                Point[] own = [.. corners.Select(corner => corner + new Point(random.Uniform(-spread, spread), random.Uniform(-spread, spread)))];
                Swell(Curve.Bezier(own[0], own[1], own[2], own[3], 50), pen, isSwelling: true);
                canvas.FillMask(new FlatPaint(colour.Jitter(random, 0.12)));
            }
        }
    }

    /// <summary>Closed lines inside each other, as on maps.</summary>
    private void Contours(Box box)
    {
        int hills = random.Below(3) + 1;
        double distance = random.Uniform(3.5, 14);
        for (int hill = 0; hill < hills; hill++)
        {
            Point centre = box.Somewhere(random);
            Point[] outline = ShapeChoice.Draw(new Point(0, 0), 1, random);
            double most = box.Diagonal * (hill == 0 ? 0.8 : random.Uniform(0.15, 0.3));
            Point[] round = Curve.Through([.. outline.Where((_, i) => i % Math.Max(1, outline.Length / 9) == 0)], 24);
            int line = 0;
            for (double radius = most; radius > distance; radius -= distance)
            {
                Point[] ring = [.. round.Select(point => centre + (point * radius))];
                if (line == 0 || random.Chance(0.3))
                {
                    canvas.Mask.Fill(ring);
                    canvas.FillMask(new FlatPaint(palette.Paper.Towards(palette.Other(random), random.Uniform(0, 0.5))));
                }

                canvas.Mask.StrokeClosed(ring, line++ % 5 == 0 ? 1.1 : 0.5);
                canvas.FillMask(new FlatPaint(palette.Ink));
            }
        }
    }

    /// <summary>Axes with bars or lines.</summary>
    private void Plot(Box box)
    {
        Box inner = box.Inset(box.Side * 0.08);
        FlatPaint ink = new(palette.Ink);
        int rows = random.Below(8) + 3;
        for (int i = 0; i <= rows; i++)
        {
            double y = inner.Top + (inner.Height * i / rows);
            canvas.Mask.Stroke(new Point(inner.Left, y), new Point(inner.Right, y), 0.4, 0.4);
        }

        canvas.FillMask(new FlatPaint(palette.Paper.Towards(palette.Ink, 0.3)));
        int count = random.Below(40) + 6;
        double step = inner.Width / count;
        int series = random.Below(3) + 1;
        bool isBars = random.Chance(0.5);
        for (int s = 0; s < series; s++)
        {
            Colour colour = palette.Against(palette.Paper, random);
            double height = random.Uniform(0.2, 0.8);
            Point last = default;
            for (int i = 0; i < count; i++)
            {
                height = Math.Clamp(height + random.Uniform(-0.2, 0.2), 0.02, 1);
                Point next = new(inner.Left + ((i + 0.5) * step), inner.Bottom - (height * inner.Height));
                if (isBars)
                {
                    double left = next.X - (step * (0.4 - (0.8 * s / series)));
                    canvas.Mask.Fill(new Box(left, next.Y, left + (0.7 * step / series), inner.Bottom).Outline());
                }
                else if (i > 0)
                {
                    canvas.Mask.Stroke(last, next, 0.9, 0.9);
                }

                last = next;
            }

            canvas.FillMask(new FlatPaint(colour));
        }

        canvas.Mask.Stroke([new(inner.Left, inner.Top), new(inner.Left, inner.Bottom), new(inner.Right, inner.Bottom)], 1);
        canvas.FillMask(ink);
    }
}
