using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Vsr.Models.PyTorch;

/// <summary>The values that protocol 0 writes as text, and whole numbers of any length.</summary>
internal static class PickleLiteral
{
    private static readonly SearchValues<byte> FloatCharacters = SearchValues.Create("0123456789+-.e"u8);

    /// <summary>INT: a decimal number; 00 and 01 are False and True.</summary>
    public static object Int(ReadOnlySpan<byte> line) => line switch
    {
        [(byte)'0', (byte)'0'] => false,
        [(byte)'0', (byte)'1'] => true,
        _ => Decimal(line),
    };

    /// <summary>LONG: a decimal number and an L.</summary>
    public static object Long(ReadOnlySpan<byte> line) => Decimal(line is [.., (byte)'L'] ? line[..^1] : line);

    /// <summary>LONG1 and LONG4: two's complement, little-endian.</summary>
    public static object Long(byte[] bytes) => Shorten(new BigInteger(bytes));

    /// <summary>FLOAT: as Python's repr.</summary>
    public static double Float(ReadOnlySpan<byte> line) => Encoding.Latin1.GetString(line) switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        var text => line.IndexOfAnyExcept(FloatCharacters) < 0
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new FormatException($"{PickleText.Quote(text)} for a floating-point number"),
    };

    /// <summary>STRING: in quotes, with the escapes of Python 2's repr.</summary>
    public static PickleBytes String(ReadOnlySpan<byte> line)
    {
        if (line.Length < 2 || line[0] is not ((byte)'\'' or (byte)'"') || line[^1] != line[0])
        {
            throw new FormatException("a string without its quotes");
        }

        ReadOnlySpan<byte> text = line[1..^1];
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            bytes.Add(text[i] == '\\' ? Escape(text, ref i) : text[i]);
        }

        return new PickleBytes([.. bytes]);
    }

    /// <summary>UNICODE: Latin-1 with \uXXXX and \UXXXXXXXX.</summary>
    public static string Unicode(ReadOnlySpan<byte> line)
    {
        StringBuilder text = new();
        for (int i = 0; i < line.Length; i++)
        {
            int digits = i + 1 < line.Length && line[i] == '\\' ? line[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 } : 0;
            if (digits == 0)
            {
                text.Append((char)line[i]);
                continue;
            }

            text.Append(Rune.TryCreate(Hexadecimal(line, i + 2, digits), out Rune character)
                ? character.ToString()
                : throw new FormatException("a text with a character that does not exist"));
            i += digits + 1;
        }

        return text.ToString();
    }

    private static byte Escape(ReadOnlySpan<byte> text, ref int i)
    {
        byte kind = ++i < text.Length ? text[i] : (byte)0;
        switch (kind)
        {
            case (byte)'\\' or (byte)'\'' or (byte)'"':
                return kind;
            case (byte)'n':
                return (byte)'\n';
            case (byte)'r':
                return (byte)'\r';
            case (byte)'t':
                return (byte)'\t';
            case (byte)'x':
                i += 2;
                return (byte)Hexadecimal(text, i - 1, 2);
            default:
                throw new FormatException("a string with an escape that Python 2 does not write");
        }
    }

    private static int Hexadecimal(ReadOnlySpan<byte> text, int start, int digits) =>
        start + digits <= text.Length
        && int.TryParse(text.Slice(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException("an escape without its hexadecimal digits");

    private static object Decimal(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> digits = line is [(byte)'-', ..] ? line[1..] : line;
        return digits.Length is > 0 and <= PickleLimits.NumberBytes && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            ? Shorten(BigInteger.Parse(Encoding.Latin1.GetString(line), CultureInfo.InvariantCulture))
            : throw new FormatException($"{PickleText.Quote(Encoding.Latin1.GetString(line))} for a whole number");
    }

    private static object Shorten(BigInteger value)
    {
        object shortened = value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)value;
        return shortened;
    }
}
