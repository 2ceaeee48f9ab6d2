using System.Buffers.Binary;
using System.Numerics;

namespace Vsr.Training.Logging;

/// <summary>CRC-32C (Castagnoli), and its masked form in TFRecord files.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of RFC 3720 appendix B: initial value and final xor all ones.</summary>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= 8; data = data[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>Rotated right by 15 bits plus a constant, so that a checksum of data that hold checksums stays sound.</summary>
    public static uint Masked(ReadOnlySpan<byte> data) =>
        unchecked(BitOperations.RotateRight(Compute(data), 15) + 0xa282ead8u);
}
