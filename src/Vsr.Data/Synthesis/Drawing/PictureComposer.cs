using Vsr.Video;

namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Draws a picture: one thing, several panels, or things on top of each other.</summary>
internal static class PictureComposer
{
    private const long Stream = 0x64726177;         // so that the numbers are not those that stills are moved by
    private const double LeastPanel = 110;

    private static readonly (int Width, int Height)[] Sizes = [(800, 600), (600, 800), (720, 672), (672, 720), (880, 600)];

    /// <summary>Draws picture <paramref name="number"/> of a seed.</summary>
    /// <param name="seed">What pictures are drawn from.</param>
    /// <param name="number">Which one, from 0.</param>
    /// <param name="scale">How many times larger, for comparisons; what is drawn does not depend on it.</param>
    public static RgbImage Draw(ulong seed, int number, int scale = 1)
    {
        MotionRandom random = new(new SampleGenerator(seed, Stream, number));
        (int width, int height) = random.Choose<(int, int)>(Sizes);
        Canvas canvas = new(width, height, scale);
        Box whole = new(0, 0, width, height);
        Palette palette = Palette.Draw(random);
        switch (random.ChooseWeighted([0.3, 0.16, 0.2, 0.14, 0.2]))
        {
            case 0:
                Panels(canvas, whole, palette, random, random.Below(4) + 1);
                break;
            case 1:
                new WritingPanel(canvas, palette, random).Draw(whole);
                break;
            case 2:
                new ArtPanel(canvas, palette, random).Draw(whole);
                break;
            case 3:
                canvas.Fill(whole, PatternChoice.Draw(whole, palette, random));
                new ArtPanel(canvas, Palette.Draw(random), random).DrawOver(whole);
                break;
            default:
                Layers(canvas, whole, palette, random);
                break;
        }

        if (random.Chance(0.25))
        {
            new Caption(canvas, random).Draw(whole);
        }

        return canvas.ToImage();
    }

    // halves of a box, halved again, with gaps between
    private static void Panels(Canvas canvas, Box box, Palette palette, MotionRandom random, int depth)
    {
        double gap = Math.Round(random.Uniform(0, 8));
        double cut = random.Uniform(0.3, 0.7);
        bool isWide = box.Width > box.Height * random.Uniform(0.7, 1.4);
        double first = isWide ? box.Width * Math.Min(cut, 1 - cut) : box.Height * Math.Min(cut, 1 - cut);
        if (depth == 0 || first < LeastPanel)
        {
            Panel(canvas, box, palette, random);
            return;
        }

        double x = Math.Round(box.Left + (box.Width * cut));
        double y = Math.Round(box.Top + (box.Height * cut));
        canvas.Fill(box, new FlatPaint(palette.Paper));
        Panels(canvas, isWide ? box with { Right = x } : box with { Bottom = y }, palette, random, depth - 1);
        Panels(canvas, isWide ? box with { Left = x + gap } : box with { Top = y + gap }, palette, random, depth - 1);
    }

    private static void Panel(Canvas canvas, Box box, Palette palette, MotionRandom random)
    {
        Palette own = random.Chance(0.5) ? palette : Palette.Draw(random);
        switch (random.ChooseWeighted([0.33, 0.27, 0.27, 0.13]))
        {
            case 0:
                new WritingPanel(canvas, own, random).Draw(box);
                break;
            case 1:
                new ArtPanel(canvas, own, random).Draw(box);
                break;
            case 2:
                canvas.Fill(box, PatternChoice.Draw(box, own, random));
                break;
            default:
                new SoftPanel(canvas, own, random).Draw(box);
                break;
        }
    }

    // a ground, and sheets with shadows on it
    private static void Layers(Canvas canvas, Box box, Palette palette, MotionRandom random)
    {
        if (random.Chance(0.5))
        {
            new SoftPanel(canvas, palette, random).Draw(box);
        }
        else
        {
            new ArtPanel(canvas, palette, random).Draw(box);
        }

        int sheets = random.Below(4) + 1;
        for (int i = 0; i < sheets; i++)
        {
            Point corner = box.Inset(20).Somewhere(random);
            double width = random.Uniform(0.25, 0.6) * box.Width;
            double height = random.Uniform(0.2, 0.6) * box.Height;
            double left = Math.Round(Math.Min(corner.X, box.Right - width - 12));
            double top = Math.Round(Math.Min(corner.Y, box.Bottom - height - 12));
            Box sheet = new(Math.Max(left, 8), Math.Max(top, 8), Math.Round(left + width), Math.Round(top + height));
            Shadow.Draw(canvas, sheet.Outline(), random);
            Panel(canvas, sheet, palette, random);
        }

        if (random.Chance(0.5))
        {
            new WritingPanel(canvas, palette, random).DrawOver(box);
        }
    }
}
