namespace Vsr.Video.Analysis;

/// <summary>Brings the light of one picture to that of another: mean and spread of luma, colour in proportion.</summary>
internal static class LightChange
{
    private const double MostGain = 6;
    private const double LeastSpread = 1;
    private const int NoColor = 128;

    /// <summary>The reference in the light of the current picture; null where it has that light already.</summary>
    public static AnalysisPicture? Apply(AnalysisPicture current, AnalysisPicture reference)
    {
        (double mean, double spread) = LumaLevel.Of(current.Y);
        (double otherMean, double otherSpread) = LumaLevel.Of(reference.Y);
        double gain = otherSpread < LeastSpread ? 1 : Math.Clamp(spread / otherSpread, 1 / MostGain, MostGain);
        if (Math.Abs(mean - otherMean) < 2 && gain is > 0.95 and < 1.05)
        {
            return null;
        }

        byte[] luma = Table(value => mean + (gain * (value - otherMean)));
        byte[] color = Table(value => NoColor + (gain * (value - NoColor)));
        return reference with { Y = Map(reference.Y, luma), U = Map(reference.U, color), V = Map(reference.V, color) };
    }

    private static byte[] Table(Func<int, double> map)
    {
        byte[] table = new byte[256];
        for (int value = 0; value < table.Length; value++)
        {
            table[value] = (byte)Math.Clamp(Math.Round(map(value)), 0, 255);
        }

        return table;
    }

    private static byte[] Map(byte[] samples, byte[] table)
    {
        byte[] mapped = new byte[samples.Length];
        for (int i = 0; i < mapped.Length; i++)
        {
            mapped[i] = table[samples[i]];
        }

        return mapped;
    }
}
