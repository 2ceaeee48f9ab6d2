using System.Buffers.Binary;

namespace Vsr.Models.PyTorch;

/// <summary>The table of contents of a zip file whose files are stored as they are, which is how torch.save writes it.</summary>
/// <remarks>
/// Source: PKWARE's APPNOTE.TXT, sections 4.3 to 4.5, zip64 included. Stricter than usual, because a program that searches for
/// signatures can be made to see another file than the next program: the end record is the file's end, headers and table
/// agree, nothing overlaps, no name comes twice.
/// </remarks>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;
    private const int EntryBytes = 46;
    private const int HeaderBytes = 30;
    private const int MostBytes = 64 << 20;
    private const ushort Zip64Field = 1;
    private const ushort EncryptedFlag = 1;
    private const ushort DescriptorFlag = 8;

    /// <summary>Reads and checks the table.</summary>
    /// <exception cref="FormatException">It is damaged, or a file is compressed or encrypted.</exception>
    public static IReadOnlyDictionary<string, ZipRecord> Read(ByteSource source)
    {
        (long start, long bytes, long count, long end) = FindTable(source);
        if (start < 0 || bytes < 0 || bytes > MostBytes || start > end - bytes || start + bytes != end || count != Math.Clamp(count, 0, bytes / EntryBytes))
        {
            throw new FormatException("has a damaged zip directory, or is cut short");
        }

        byte[] table = new byte[bytes];
        source.Read(start, table);
        List<ZipRecord> records = [];
        int at = 0;
        for (long i = 0; i < count; i++)
        {
            records.Add(ReadEntry(table, ref at));
        }

        if (at != table.Length)
        {
            throw new FormatException("has a zip directory with more bytes than entries");
        }

        return Locate(source, records, start);
    }

    private static (long Start, long Bytes, long Count, long End) FindTable(ByteSource source)
    {
        long endOffset = source.Length - EndBytes;
        byte[] end = Read(source, endOffset, EndBytes);
        if (U32(end, 0) != 0x06054B50 || U16(end, 20) != 0 || U16(end, 4) != 0 || U16(end, 6) != 0)
        {
            throw new FormatException("is a zip file without its end, so it is cut short or damaged");
        }

        long locatorOffset = endOffset - LocatorBytes;
        byte[] locator = locatorOffset >= 0 ? Read(source, locatorOffset, LocatorBytes) : new byte[LocatorBytes];
        if (U32(locator, 0) != 0x07064B50)
        {
            return (U32(end, 16), U32(end, 12), U16(end, 10), endOffset);
        }

        long end64Offset = S64(locator, 8);
        byte[] end64 = Read(source, end64Offset, End64Bytes);
        (long start, long bytes, long count) = (S64(end64, 48), S64(end64, 40), S64(end64, 32));
        bool agree = U32(end64, 0) == 0x06064B50 && end64Offset == locatorOffset - End64Bytes
            && Agrees(U32(end, 16), uint.MaxValue, start) && Agrees(U32(end, 12), uint.MaxValue, bytes) && Agrees(U16(end, 10), ushort.MaxValue, count);
        return agree ? (start, bytes, count, end64Offset) : throw new FormatException("is a zip file whose two ends contradict each other");
    }

    private static bool Agrees(long value, long unknown, long wide) => value == wide || value == unknown;

    private static ZipRecord ReadEntry(byte[] table, ref int at)
    {
        ReadOnlySpan<byte> entry = table.AsSpan(at);
        if (entry.Length < EntryBytes || U32(entry, 0) != 0x02014B50)
        {
            throw new FormatException("has a damaged zip directory");
        }

        int nameBytes = U16(entry, 28);
        int extraBytes = U16(entry, 30);
        int whole = EntryBytes + nameBytes + extraBytes + U16(entry, 32);
        if (whole > entry.Length || nameBytes > PickleLimits.KeyCharacters)
        {
            throw new FormatException("has a damaged zip directory");
        }

        string name = PickleText.Decode(entry.Slice(EntryBytes, nameBytes));
        (long compressed, long bytes, long offset) =
            Widen(U32(entry, 20), U32(entry, 24), U32(entry, 42), entry.Slice(EntryBytes + nameBytes, extraBytes));
        if ((U16(entry, 8) & EncryptedFlag) != 0 || U16(entry, 10) != 0 || compressed != bytes)
        {
            throw new FormatException($"has a compressed or encrypted {PickleText.Quote(name)}; torch.save stores files as they are");
        }

        at += whole;
        return new ZipRecord(name, offset, bytes, U32(entry, 16));
    }

    // In zip64 the fields that overflow stand in an extra field, in this order.
    private static (long Compressed, long Bytes, long Offset) Widen(uint compressed, uint bytes, uint offset, ReadOnlySpan<byte> extra)
    {
        ReadOnlySpan<byte> wide = [];
        while (extra.Length >= 4 && U16(extra, 2) <= extra.Length - 4)
        {
            wide = U16(extra, 0) == Zip64Field ? extra.Slice(4, U16(extra, 2)) : wide;
            extra = extra[(4 + U16(extra, 2))..];
        }

        long wideBytes = Next(bytes, ref wide);
        long wideCompressed = Next(compressed, ref wide);
        return (wideCompressed, wideBytes, Next(offset, ref wide));

        static long Next(uint value, ref ReadOnlySpan<byte> wide)
        {
            if (value != uint.MaxValue || wide.Length < 8)
            {
                return value;
            }

            long next = S64(wide, 0);
            wide = wide[8..];
            return next;
        }
    }

    private static Dictionary<string, ZipRecord> Locate(ByteSource source, List<ZipRecord> records, long tableStart)
    {
        Dictionary<string, ZipRecord> located = [];
        long end = 0;
        foreach (ZipRecord record in records.OrderBy(record => record.HeaderOffset))
        {
            if (record.HeaderOffset < end || record.HeaderOffset > tableStart - HeaderBytes)
            {
                throw new FormatException($"has a {PickleText.Quote(record.Name)} outside its place");
            }

            byte[] header = Read(source, record.HeaderOffset, HeaderBytes);
            int nameBytes = U16(header, 26);
            long offset = record.HeaderOffset + HeaderBytes + nameBytes + U16(header, 28);
            if (U32(header, 0) != 0x04034B50 || record.Bytes < 0 || offset > tableStart || record.Bytes > tableStart - offset
                || nameBytes > PickleLimits.KeyCharacters || !Describes(header, record)
                || PickleText.Decode(Read(source, record.HeaderOffset + HeaderBytes, nameBytes)) != record.Name)
            {
                throw new FormatException($"has a {PickleText.Quote(record.Name)} whose header contradicts the zip directory");
            }

            if (!located.TryAdd(record.Name, record with { Offset = offset }))
            {
                throw new FormatException($"has two {PickleText.Quote(record.Name)}");
            }

            end = offset + record.Bytes;
        }

        return located;
    }

    // With the descriptor flag, checksum and lengths stand behind the data and may be 0 here.
    private static bool Describes(byte[] header, ZipRecord record)
    {
        bool behind = (U16(header, 6) & DescriptorFlag) != 0;
        return (U16(header, 6) & EncryptedFlag) == 0 && U16(header, 8) == 0
            && (U32(header, 14) == record.Crc || (behind && U32(header, 14) == 0))
            && Fits(U32(header, 18)) && Fits(U32(header, 22));

        bool Fits(uint bytes) => Agrees(bytes, uint.MaxValue, record.Bytes) || (behind && bytes == 0);
    }

    private static byte[] Read(ByteSource source, long offset, int count)
    {
        byte[] bytes = new byte[count];
        source.Read(offset, bytes);
        return bytes;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long S64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
