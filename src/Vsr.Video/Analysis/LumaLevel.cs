namespace Vsr.Video.Analysis;

/// <summary>How bright a picture is and how much its brightness varies, in the picture's own 8-bit values.</summary>
/// <param name="Mean">The mean of luma.</param>
/// <param name="Spread">The standard deviation of luma.</param>
internal readonly record struct LumaLevel(double Mean, double Spread)
{
    /// <summary>The level of a plane.</summary>
    public static LumaLevel Of(ReadOnlySpan<byte> luma)
    {
        long sum = 0;
        long squares = 0;
        foreach (byte value in luma)
        {
            sum += value;
            squares += value * value;
        }

        double mean = (double)sum / luma.Length;
        return new LumaLevel(mean, Math.Sqrt(Math.Max(0, ((double)squares / luma.Length) - (mean * mean))));
    }
}
