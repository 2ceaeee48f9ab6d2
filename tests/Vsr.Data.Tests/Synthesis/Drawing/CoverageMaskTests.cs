using Vsr.Data.Synthesis.Drawing;

namespace Vsr.Data.Tests.Synthesis.Drawing;

public class CoverageMaskTests
{
    [Fact]
    public void A_filled_outline_covers_its_exact_area_wherever_it_lies()
    {
        Canvas canvas = new(64, 48, 1);
        for (int i = 0; i < 50; i++)
        {
            double turn = 0.1 * i;
            Point[] outline = [.. Enumerable.Range(0, 7).Select(k => new Point(31.3, 24.7) + Point.Polar(9 + k, (k * Angle.Turn / 7) + turn))];
            double area = Enumerable.Range(0, 7).Sum(k => Cross(outline[k], outline[(k + 1) % 7])) / 2;
            canvas.Mask.Fill(outline);
            Assert.Equal(area, Sum(canvas.Mask), 1e-3);
            canvas.Mask.Clear();
            Array.Reverse(outline);
            canvas.Mask.Fill(outline);
            Assert.Equal(area, Sum(canvas.Mask), 1e-3);
            canvas.Mask.Clear();
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(3)]
    public void A_stroke_is_as_wide_as_its_pen_and_has_round_ends(double radius)
    {
        Canvas canvas = new(80, 80, 1);
        for (int i = 0; i < 30; i++)
        {
            Point half = Point.Polar(25, i * 0.21);
            Point centre = new(40.37, 39.81);
            canvas.Mask.Stroke(centre - half, centre + half, radius, radius);
            double expected = (100 * radius) + (Math.PI * radius * radius);
            Assert.InRange(Sum(canvas.Mask), (0.94 * expected) - 0.5, (1.06 * expected) + 0.5);
            canvas.Mask.Clear();
        }
    }

    [Fact]
    public void Edges_have_levels_between_and_the_inside_is_whole()
    {
        Canvas canvas = new(40, 40, 1);
        canvas.Mask.Fill([new(4.25, 5.5), new(30.5, 5.5), new(30.5, 30.75), new(4.25, 30.75)]);
        Assert.Equal(
            (0.375f, 0.75f, 0.5f, 0.5f, 0.75f, 1f, 0f),
            (canvas.Mask[4, 5], canvas.Mask[4, 10], canvas.Mask[10, 5], canvas.Mask[30, 10], canvas.Mask[10, 30], canvas.Mask[20, 20], canvas.Mask[3, 10]));
    }

    [Fact]
    public void Nothing_is_drawn_outside_of_the_clip_or_of_the_canvas_and_clearing_leaves_nothing()
    {
        Canvas canvas = new(40, 30, 1);
        canvas.Mask.Clip(new Box(10, 5, 20, 15));
        canvas.Mask.Fill([new(-100, -100), new(200, -100), new(200, 200), new(-100, 200)]);
        canvas.Mask.Stroke(new Point(-50, 10), new Point(90, 12), 4, 9);
        Assert.Equal((100.0, 10, 5, 20, 15), (Sum(canvas.Mask), canvas.Mask.Left, canvas.Mask.Top, canvas.Mask.Right, canvas.Mask.Bottom));
        canvas.Mask.Clear();
        canvas.Mask.Unclip();
        canvas.Mask.Fill([new(-9, -9), new(-3, -9), new(-3, 60)]);
        canvas.Mask.Stroke(new Point(60, 10), new Point(90, 12), 3, 3);
        for (int i = 0; i < 40 * 30; i++)
        {
            Assert.Equal(0f, canvas.Mask[i % 40, i / 40]);
        }
    }

    [Fact]
    public void Blurring_keeps_the_amount_and_makes_edges_soft()
    {
        Canvas canvas = new(80, 80, 1);
        canvas.Mask.Fill(new Box(30, 30, 50, 50).Outline());
        canvas.Mask.Blur(3);
        Assert.Equal(400, Sum(canvas.Mask), 0.01);
        Assert.InRange(canvas.Mask[30, 40], 0.4, 0.6);
        Assert.InRange(canvas.Mask[26, 40], 0.01, 0.3);
        Assert.Equal(1f, canvas.Mask[40, 40], 1e-5);
    }

    [Fact]
    public void Angles_agree_with_the_librarys_functions()
    {
        for (int i = -400; i < 400; i++)
        {
            double x = 0.37 * i;
            Assert.Equal(Math.Sin(x), Angle.Sin(x), 1e-9);
            Assert.Equal(Math.Cos(x), Angle.Cos(x), 1e-9);
            Assert.Equal(Math.Atan2(Math.Sin(x), Math.Cos(x)), Angle.Of(Math.Cos(x), Math.Sin(x)), 1e-7);
        }

        Assert.Equal((0.0, Math.PI, Math.PI / 2), (Angle.Of(0, 0), Angle.Of(-1, 0), Angle.Of(0, 1)));
    }

    private static double Cross(Point a, Point b) => (a.X * b.Y) - (a.Y * b.X);

    private static double Sum(CoverageMask mask)
    {
        double sum = 0;
        for (int y = mask.Top; y < mask.Bottom; y++)
        {
            for (int x = mask.Left; x < mask.Right; x++)
            {
                sum += mask[x, y];
            }
        }

        return sum;
    }
}
