namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Random numbers of a place, for cells of a pattern: the same whenever one asks.</summary>
internal static class Hash
{
    /// <summary>64 bits of a column and a row.</summary>
    public static ulong Of(ulong seed, long column, long row) =>
        SampleGenerator.Mix(SampleGenerator.Mix(seed ^ unchecked((ulong)column)) ^ unchecked((ulong)row));

    /// <summary>Evenly in 0..1.</summary>
    public static double Fraction(ulong seed, long column, long row) => (Of(seed, column, row) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Evenly in -1..1.</summary>
    public static double Signed(ulong seed, long column, long row) => (2 * Fraction(seed, column, row)) - 1;
}
