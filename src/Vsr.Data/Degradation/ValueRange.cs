using System.Globalization;

namespace Vsr.Data;

/// <summary>Numbers from a least to a greatest, both included; written "20..36", or "28" where both are the same.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest, not below <paramref name="Low"/>.</param>
public readonly record struct ValueRange(double Low, double High)
{
    private const string Between = "..";

    /// <summary>Reads "LOW..HIGH" or one number; a point parts decimals.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static ValueRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf(Between, StringComparison.Ordinal);
        (string low, string high) = at < 0 ? (text, text) : (text[..at], text[(at + Between.Length)..]);
        return TryRead(low, out double least) && TryRead(high, out double greatest)
            ? new ValueRange(least, greatest)
            : throw new ArgumentException($"'{text}' is no range; write one like 20..36, or a single number");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Low.Equals(High)
        ? Low.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Low}{Between}{High}");

    /// <summary>Checks that the range rises and lies inside limits.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal void Require(string name, double least, double most)
    {
        if (!(Low >= least && High <= most && Low <= High))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{name} {this} is {(Low <= High ? "outside" : "no range that rises inside")} {least}{Between}{most}"));
        }
    }

    private static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
