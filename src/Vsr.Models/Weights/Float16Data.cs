using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vsr.Models;

/// <summary>The values of a tensor rounded to IEEE 754's binary16, to the nearest, ties to even.</summary>
internal static class Float16Data
{
    /// <summary>Whether values of a type are rounded; others are stored as they are.</summary>
    public static bool IsRounded(SafetensorsType type) => type is SafetensorsType.F64 or SafetensorsType.F32 or SafetensorsType.BF16;

    /// <summary>Rounds.</summary>
    /// <param name="entry">A tensor of a type that <see cref="IsRounded"/> takes.</param>
    /// <returns>Two bytes a value, little-endian.</returns>
    /// <exception cref="OverflowException">A finite value is beyond what float16 holds, 65504.</exception>
    public static byte[] Of(SafetensorsEntry entry)
    {
        ReadOnlySpan<byte> data = entry.Data.Span;
        int size = SafetensorsEntry.ElementSize(entry.Type);
        byte[] rounded = new byte[data.Length / size * 2];
        Span<Half> halves = MemoryMarshal.Cast<byte, Half>(rounded.AsSpan());
        for (int i = 0; i < halves.Length; i++)
        {
            ReadOnlySpan<byte> bytes = data.Slice(i * size, size);
            double value = entry.Type switch
            {
                SafetensorsType.F64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                SafetensorsType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
            };
            halves[i] = (Half)value;
            if (Half.IsInfinity(halves[i]) && double.IsFinite(value))
            {
                throw new OverflowException(FormattableString.Invariant($"'{entry.Name}' holds {value:G6}, and float16 ends at 65504"));
            }
        }

        return rounded;
    }
}
