namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Sine, cosine and arc tangent of sums, products and quotients alone, whose bits are the same on every machine; a C library's are not.</summary>
internal static class Angle
{
    /// <summary>A whole turn in radians.</summary>
    public const double Turn = 2 * Math.PI;

    private const double Quarter = Math.PI / 2;
    private const double TangentOfAnEighth = 0.41421356237309503;

    /// <summary>The sine, to 1e-10 for angles of a few thousand turns.</summary>
    public static double Sin(double radians)
    {
        double quarters = Math.Round(radians / Quarter);
        double rest = radians - (quarters * Quarter);
        return ((long)quarters & 3) switch
        {
            0 => SinSeries(rest),
            1 => CosSeries(rest),
            2 => -SinSeries(rest),
            _ => -CosSeries(rest),
        };
    }

    /// <summary>The cosine, likewise.</summary>
    public static double Cos(double radians) => Sin(radians + Quarter);

    /// <summary>The angle of a direction, -pi..pi, to 1e-7; 0 for none.</summary>
    public static double Of(double x, double y)
    {
        (double across, double along) = (Math.Abs(y), Math.Abs(x));
        if (across + along == 0)
        {
            return 0;
        }

        double angle = across <= along ? Tangent(across / along) : Quarter - Tangent(along / across);
        angle = x < 0 ? Math.PI - angle : angle;
        return y < 0 ? -angle : angle;
    }

    private static double Tangent(double ratio) => ratio <= TangentOfAnEighth
        ? TangentSeries(ratio)
        : (Math.PI / 4) + TangentSeries((ratio - 1) / (ratio + 1));

    // |x| <= pi/4
    private static double SinSeries(double x)
    {
        double s = x * x;
        return x * (1 - (s / 6 * (1 - (s / 20 * (1 - (s / 42 * (1 - (s / 72 * (1 - (s / 110))))))))));
    }

    private static double CosSeries(double x)
    {
        double s = x * x;
        return 1 - (s / 2 * (1 - (s / 12 * (1 - (s / 30 * (1 - (s / 56 * (1 - (s / 90 * (1 - (s / 132)))))))))));
    }

    // |x| <= tan(pi/8)
    private static double TangentSeries(double x)
    {
        double s = x * x;
        return x * (1 - (s * ((1.0 / 3) - (s * ((1.0 / 5) - (s * ((1.0 / 7) - (s * ((1.0 / 9) - (s * ((1.0 / 11) - (s * ((1.0 / 13) - (s / 15))))))))))))));
    }
}
