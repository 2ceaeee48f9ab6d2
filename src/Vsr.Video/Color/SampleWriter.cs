using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>
/// Rounds a run of floats to samples of one component, halves up, clamped to the sample's range, and stores them in a plane.
/// Neighbouring components that share bytes with it are left alone only where samples fill whole bytes.
/// </summary>
internal static class SampleWriter
{
    /// <summary>Writes all of <paramref name="values"/> (code values) from sample 0 of the row on.</summary>
    public static void Write(ReadOnlySpan<float> values, in SampleLayout layout, Span<byte> row)
    {
        float maximum = (float)layout.Maximum;
        int done = 0;
        if (layout is { Step: 1, Depth: 8, Shift: 0 })
        {
            done = Bytes(values, row[layout.Offset..]);
        }
        else if (layout is { Step: 2, Offset: 0, Depth: > 8, IsBigEndian: false })
        {
            done = Words(values, maximum, layout.Shift, MemoryMarshal.Cast<byte, ushort>(row));
        }

        for (int i = done; i < values.Length; i++)
        {
            int value = (int)(Math.Clamp(values[i], 0, maximum) + 0.5f) << layout.Shift;
            int at = (i * layout.Step) + layout.Offset;
            if (layout.Shift + layout.Depth <= 8)
            {
                row[at] = (byte)value;
            }
            else if (layout.IsBigEndian)
            {
                BinaryPrimitives.WriteUInt16BigEndian(row[at..], (ushort)value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(row[at..], (ushort)value);
            }
        }
    }

    private static int Bytes(ReadOnlySpan<float> values, Span<byte> row)
    {
        Vector256<float> maximum = Vector256.Create(255f);
        ref float source = ref MemoryMarshal.GetReference(values);
        ref byte target = ref MemoryMarshal.GetReference(row);
        int count = Math.Min(values.Length, row.Length);
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Vector256<uint> low = Round(Vector256.LoadUnsafe(ref source, (nuint)i), maximum);
            Vector256<uint> high = Round(Vector256.LoadUnsafe(ref source, (nuint)i + 8), maximum);
            Vector256<ushort> words = Vector256.Narrow(low, high);
            Vector128.Narrow(words.GetLower(), words.GetUpper()).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private static int Words(ReadOnlySpan<float> values, float maximum, int shift, Span<ushort> row)
    {
        Vector256<float> limit = Vector256.Create(maximum);
        ref float source = ref MemoryMarshal.GetReference(values);
        ref ushort target = ref MemoryMarshal.GetReference(row);
        int count = Math.Min(values.Length, row.Length);
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Vector256<uint> low = Round(Vector256.LoadUnsafe(ref source, (nuint)i), limit);
            Vector256<uint> high = Round(Vector256.LoadUnsafe(ref source, (nuint)i + 8), limit);
            (Vector256.Narrow(low, high) << shift).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private static Vector256<uint> Round(Vector256<float> values, Vector256<float> maximum)
    {
        Vector256<float> clamped = Vector256.MinNative(Vector256.MaxNative(values, Vector256<float>.Zero), maximum);
        return Vector256.ConvertToInt32Native(clamped + Vector256.Create(0.5f)).AsUInt32();
    }
}
