using System.Runtime.InteropServices;

namespace Vsr.Models.PyTorch;

/// <summary>The checksum of zip files: CRC-32 of ISO 3309, polynomial 0xEDB88320 reflected. Eight bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[] Tables = CreateTables();

    /// <summary>Goes on with a checksum; 0 begins one.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        ReadOnlySpan<uint> tables = Tables;
        while (bytes.Length >= 8)
        {
            ulong word = MemoryMarshal.Read<ulong>(bytes) ^ crc;
            crc = 0;
            for (int i = 0; i < 8; i++)
            {
                crc ^= tables[((7 - i) << 8) + (int)((word >> (8 * i)) & 0xFF)];
            }

            bytes = bytes[8..];
        }

        foreach (byte next in bytes)
        {
            crc = (crc >> 8) ^ tables[(int)((crc ^ next) & 0xFF)];
        }

        return ~crc;
    }

    // Table t holds the checksum of a byte with t zero bytes behind it.
    private static uint[] CreateTables()
    {
        uint[] tables = new uint[8 * 256];
        for (int i = 0; i < tables.Length; i++)
        {
            uint crc = i < 256 ? (uint)i : tables[i - 256];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }

            tables[i] = crc;
        }

        return tables;
    }
}
