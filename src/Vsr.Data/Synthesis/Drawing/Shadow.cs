namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A soft shadow that a shape throws on what is there.</summary>
internal static class Shadow
{
    private static readonly FlatPaint Black = new(new Colour(0, 0, 0));

    /// <summary>Draws it below an outline, moved to one side.</summary>
    public static void Draw(Canvas canvas, ReadOnlySpan<Point> outline, MotionRandom random)
    {
        Point shift = new(random.Uniform(-8, 8), random.Uniform(1, 10));
        Point[] moved = new Point[outline.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = outline[i] + shift;
        }

        canvas.Mask.Fill(moved);
        canvas.Mask.Blur(random.Below(6) + 1);
        canvas.FillMask(Black, random.Uniform(0.2, 0.6));
    }
}
