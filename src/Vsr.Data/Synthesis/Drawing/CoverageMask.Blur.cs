namespace Vsr.Data.Synthesis.Drawing;

/// <content>Soft edges.</content>
internal sealed partial class CoverageMask
{
    private const int Passes = 3;

    /// <summary>Blurs the shape by three means over a square, which is nearly a bell curve.</summary>
    /// <param name="reach">How far one mean goes in each direction, in pixels of the picture.</param>
    public void Blur(int reach)
    {
        int radius = reach * _scale;
        if (Right <= Left || radius < 1)
        {
            return;
        }

        (int left, int top, int right, int bottom) = Touch(
            Left - (Passes * radius), Top - (Passes * radius), Right + (Passes * radius), Bottom + (Passes * radius));
        float[] line = new float[Math.Max(right - left, bottom - top)];
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int y = top; y < bottom; y++)
            {
                Mean((y * _width) + left, 1, right - left, radius, line);
            }

            for (int x = left; x < right; x++)
            {
                Mean((top * _width) + x, _width, bottom - top, radius, line);
            }
        }
    }

    private void Mean(int start, int step, int count, int radius, float[] line)
    {
        for (int i = 0; i < count; i++)
        {
            line[i] = _values[start + (i * step)];
        }

        double sum = 0;
        for (int i = 0; i < Math.Min(radius, count); i++)
        {
            sum += line[i];
        }

        double share = 1.0 / ((2 * radius) + 1);
        for (int i = 0; i < count; i++)
        {
            sum += i + radius < count ? line[i + radius] : 0;
            _values[start + (i * step)] = (float)Math.Clamp(sum * share, 0, 1);
            sum -= i - radius >= 0 ? line[i - radius] : 0;
        }
    }
}
