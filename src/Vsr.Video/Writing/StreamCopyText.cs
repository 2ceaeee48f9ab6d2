using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Vsr.Video.Writing;

/// <summary>Turns the packets of one text subtitle format into those of another.</summary>
/// <remarks>
/// mov_text (3GPP TS 26.245) is a 16-bit big-endian length and UTF-8 text, then style boxes; the others are UTF-8 text,
/// in ass after eight fields. Line breaks stay. Italics, positions and colours do not survive a conversion.
/// </remarks>
internal static partial class StreamCopyText
{
    /// <summary>The tx3g sample description of a converted stream: one white style, centred at the bottom, font 1 "Sans".</summary>
    public static ReadOnlySpan<byte> MovTextDescription =>
    [
        0, 0, 0, 0, // display flags
        1, 0xFF, // horizontally centred, vertically at the bottom
        0, 0, 0, 0, // background: transparent
        0, 0, 0, 0, 0, 0, 0, 0, // text box: the track's
        0, 0, 0, 0, 0, 1, 0, 18, 0xFF, 0xFF, 0xFF, 0xFF, // style: all characters, font 1, plain, size 18, white
        0, 0, 0, 17, (byte)'f', (byte)'t', (byte)'a', (byte)'b', 0, 1, 0, 1, 4,
        (byte)'S', (byte)'a', (byte)'n', (byte)'s',
    ];

    /// <summary>The payload of one packet in the output's format; null when the packet shows nothing.</summary>
    /// <param name="payload">The packet's bytes.</param>
    /// <param name="from">The input's codec, as FFmpeg names it.</param>
    /// <param name="to">"mov_text" or "subrip".</param>
    public static byte[]? Convert(ReadOnlySpan<byte> payload, string from, string to)
    {
        string text = Plain(payload, from).Trim('\n', '\r', '\0');
        if (text.Length == 0)
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (to != "mov_text")
        {
            return bytes;
        }

        int length = Math.Min(bytes.Length, ushort.MaxValue);
        byte[] sample = new byte[2 + length];
        BinaryPrimitives.WriteUInt16BigEndian(sample, (ushort)length);
        bytes.AsSpan(0, length).CopyTo(sample.AsSpan(2));
        return sample;
    }

    private static string Plain(ReadOnlySpan<byte> payload, string codec) => codec switch
    {
        "mov_text" => MovText(payload),
        "ass" or "ssa" => AssMarks().Replace(LastField(Encoding.UTF8.GetString(payload)), "")
            .Replace("\\N", "\n", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\h", " ", StringComparison.Ordinal),
        "text" => Encoding.UTF8.GetString(payload),
        _ => Entities(Tags().Replace(AssMarks().Replace(Encoding.UTF8.GetString(payload), ""), "")),
    };

    private static string MovText(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2)
        {
            return "";
        }

        int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(payload), payload.Length - 2);
        ReadOnlySpan<byte> text = payload.Slice(2, length);
        bool isUtf16 = length >= 2 && text[0] == 0xFE && text[1] == 0xFF;
        return (isUtf16 ? Encoding.BigEndianUnicode.GetString(text[2..]) : Encoding.UTF8.GetString(text))
            .Replace('\r', '\n');
    }

    /// <summary>ReadOrder, Layer, Style, Name, MarginL, MarginR, MarginV, Effect, then the text, which may have commas.</summary>
    private static string LastField(string line)
    {
        string[] fields = line.Split(',', 9);
        return fields.Length == 9 ? fields[8] : "";
    }

    private static string Entities(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&lrm;", "", StringComparison.Ordinal)
        .Replace("&rlm;", "", StringComparison.Ordinal)
        .Replace("&nbsp;", "\u00A0", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\\[^}]*\}")]
    private static partial Regex AssMarks();

    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>|<\d\d:[^<>]*>")]
    private static partial Regex Tags();
}
