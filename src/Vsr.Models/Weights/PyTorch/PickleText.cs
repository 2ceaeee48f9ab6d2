using System.Globalization;
using System.Numerics;
using System.Text;

namespace Vsr.Models.PyTorch;

/// <summary>Text within pickles: decoding, and values in words for messages.</summary>
internal static class PickleText
{
    private const int QuotedCharacters = 120;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8.</summary>
    /// <exception cref="FormatException">The bytes are no UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException failure)
        {
            throw new FormatException("a text that is no UTF-8", failure);
        }
    }

    /// <summary>A value that must be a text of moderate length: str, or Python 2's string in UTF-8.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static string Of(object? value, string what)
    {
        string text = value switch
        {
            string already => already,
            PickleBytes bytes when bytes.Bytes.Length <= 4 * PickleLimits.KeyCharacters => Decode(bytes.Bytes),
            PickleBytes bytes => throw new FormatException($"{what} of {bytes.Bytes.Length} bytes"),
            _ => throw new FormatException($"{what} that is {KindOf(value)}, not text"),
        };
        return text.Length <= PickleLimits.KeyCharacters ? text : throw new FormatException($"{what} of {text.Length} characters");
    }

    /// <summary>A key or name in quotes, shortened, with control characters escaped: safe on a terminal.</summary>
    public static string Quote(object? value)
    {
        string text = Printable(string.Create(CultureInfo.InvariantCulture, $"{value}"));
        return text.Length <= QuotedCharacters ? $"'{text}'" : $"'{text[..QuotedCharacters]}...'";
    }

    /// <summary>Text with control and formatting characters escaped.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(IsUnprintable))
        {
            return text;
        }

        StringBuilder escaped = new();
        foreach (char c in text)
        {
            _ = IsUnprintable(c) ? escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>What a value is, in words.</summary>
    public static string KindOf(object? value) => value switch
    {
        null => "None",
        bool => "a truth value",
        long or BigInteger => "a whole number",
        double => "a floating-point number",
        string => "a text",
        PickleBytes => "a string of bytes",
        PickleTuple => "a tuple",
        PickleList => "a list",
        PickleDictionary => "a dict",
        PyTorchTensor => "a tensor",
        PyTorchStorage => "a storage",
        NumpyDtype => "a NumPy dtype",
        PickleGlobal global => $"the global {global.Name}",
        _ => value.GetType().Name,
    };

    private static bool IsUnprintable(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
