using System.Buffers.Binary;
using System.Text;

namespace Vsr.Training.Tests.Logging;

/// <summary>Reads event files with a parser written from the format's description, bit by bit.</summary>
internal static class EventFile
{
    /// <summary>A value of a summary: a scalar, a picture or a text, by what it has.</summary>
    public sealed record Entry(double Time, long Step, string Tag, float? Scalar, byte[]? Png, string? Text, string? Plugin);

    /// <summary>All values of the event files in a folder, file after file.</summary>
    public static List<Entry> Read(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(path => ReadRecords(File.ReadAllBytes(path)))
            .Select(record => Fields(record)).Where(fields => fields.ContainsKey(5)).Select(EntryOf)];

    private static Entry EntryOf(Dictionary<int, object> fields)
    {
        Dictionary<int, object> value = Fields((byte[])Fields((byte[])fields[5])[1]);
        byte[]? png = value.TryGetValue(4, out object? image) ? (byte[])Fields((byte[])image)[4] : null;
        Dictionary<int, object>? plugin = value.TryGetValue(9, out object? metadata) ? Fields((byte[])Fields((byte[])metadata)[1]) : null;
        string? name = plugin is null ? null : Encoding.UTF8.GetString((byte[])plugin[1]);
        string? text = name == "text" ? Encoding.UTF8.GetString((byte[])Fields((byte[])value[8])[8]) : null;
        return new Entry(
            (double)fields[1],
            fields.TryGetValue(2, out object? step) ? (long)(ulong)step : 0,
            Encoding.UTF8.GetString((byte[])value[1]),
            value.TryGetValue(2, out object? scalar) ? (float)scalar : null,
            png,
            text,
            name);
    }

    public static List<byte[]> ReadRecords(ReadOnlySpan<byte> file)
    {
        List<byte[]> records = [];
        while (file.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
            Assert.Equal(BitwiseMaskedCrc(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            ReadOnlySpan<byte> payload = file.Slice(12, length);
            Assert.Equal(BitwiseMaskedCrc(payload), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]));
            records.Add(payload.ToArray());
            file = file[(16 + length)..];
        }

        return records;
    }

    private static uint BitwiseMaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82f63b78u : crc >> 1;
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }

    public static Dictionary<int, object> Fields(ReadOnlySpan<byte> message)
    {
        Dictionary<int, object> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields[field] = Varint(message, ref at);
                    break;
                case 1:
                    fields[field] = BinaryPrimitives.ReadDoubleLittleEndian(message[at..]);
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    fields[field] = message.Slice(at, length).ToArray();
                    at += length;
                    break;
                default:
                    fields[field] = BinaryPrimitives.ReadSingleLittleEndian(message[at..]);
                    at += 4;
                    break;
            }
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
