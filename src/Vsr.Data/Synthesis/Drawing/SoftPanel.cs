namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Boxes without an edge: gradients, clouds, blurred discs, as sky and what is out of focus.</summary>
internal sealed class SoftPanel(Canvas canvas, Palette palette, MotionRandom random)
{
    /// <summary>Draws a panel.</summary>
    public void Draw(Box box)
    {
        canvas.Fill(box, random.Chance(0.5)
            ? GradientPaint.Draw(box, random, palette.Other(random), palette.Paper, palette.Other(random))
            : TonePaint.Draw(box, random, palette.Other(random), palette.Paper, palette.Ink, palette.Other(random)));
        canvas.Mask.Clip(box);
        int discs = random.Chance(0.5) ? random.Below(14) : 0;
        for (int i = 0; i < discs; i++)
        {
            canvas.Mask.Fill(ShapeChoice.Draw(box.Somewhere(random), box.Side * random.Uniform(0.03, 0.15), random));
            canvas.Mask.Blur(random.Below(7) + 2);
            canvas.FillMask(new FlatPaint(palette.Other(random)), random.Uniform(0.2, 0.8));
        }

        canvas.Mask.Unclip();
    }
}
