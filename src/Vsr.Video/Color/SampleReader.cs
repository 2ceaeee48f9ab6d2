using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>
/// Unpacks a run of one component's samples from a row of a plane to floats, less an offset. Exact: samples have at most 16
/// bits. The formats that video decoders deliver have vector loops; the rest goes sample by sample.
/// </summary>
internal static class SampleReader
{
    /// <summary>Reads <paramref name="count"/> samples from sample <paramref name="start"/> on.</summary>
    /// <param name="row">The plane from this row on.</param>
    /// <param name="layout">Where the samples lie.</param>
    /// <param name="start">Index of the first sample in the row.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="offset">Subtracted from each sample: black, or grey chroma.</param>
    /// <param name="output">Receives <paramref name="count"/> floats.</param>
    public static void Read(
        ReadOnlySpan<byte> row, in SampleLayout layout, int start, int count, float offset, Span<float> output)
    {
        int done = 0;
        bool plain = !layout.IsBitstream && !layout.IsFloat && !layout.IsBigEndian;
        if (plain && layout.Depth == 8 && layout is { Step: 1, Shift: 0 })
        {
            done = Bytes(row[(layout.Offset + start)..], count, offset, output);
        }
        else if (plain && layout.Depth == 8 && layout is { Step: 2, Shift: 0 })
        {
            ReadOnlySpan<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(row[(2 * start)..]);
            done = Words(pairs, count, 8 * layout.Offset, 0xFF, offset, output);
        }
        else if (plain && layout is { Step: 2, Offset: 0 })
        {
            ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(row[(2 * start)..]);
            done = Words(words, count, layout.Shift, (1 << layout.Depth) - 1, offset, output);
        }
        else if (plain && layout is { Step: 4, Offset: 0 or 2, Depth: > 8 and <= 16 })
        {
            ReadOnlySpan<uint> pairs = MemoryMarshal.Cast<byte, uint>(row[(4 * start)..]);
            done = DoubleWords(pairs, count, (8 * layout.Offset) + layout.Shift, (1u << layout.Depth) - 1, offset, output);
        }

        else if (plain && layout is { Depth: 8, Shift: 0 })
        {
            done = PackedBytes(row[((start * layout.Step) + layout.Offset)..], layout.Step, count, offset, output);
        }

        for (int i = done; i < count; i++)
        {
            output[i] = (float)One(row, layout, start + i) - offset;
        }
    }

    /// <summary>One sample by the definition of AVComponentDescriptor; the plain reference reads with this alone.</summary>
    public static double One(ReadOnlySpan<byte> row, in SampleLayout layout, int index)
    {
        if (layout.IsBitstream)
        {
            int bit = (index * layout.Step) + layout.Offset;
            int value = (row[bit >> 3] >> (8 - layout.Depth - (bit & 7))) & ((1 << layout.Depth) - 1);
            return layout.IsInverted ? ((1 << layout.Depth) - 1) - value : value;
        }

        int at = (index * layout.Step) + layout.Offset;
        if (layout.IsFloat)
        {
            return layout.IsBigEndian
                ? BinaryPrimitives.ReadSingleBigEndian(row[at..])
                : BinaryPrimitives.ReadSingleLittleEndian(row[at..]);
        }

        int bits = layout.Shift + layout.Depth;
        uint word;
        if (bits <= 8)
        {
            word = row[at + (layout.IsBigEndian ? 1 : 0)];
        }
        else if (bits <= 16)
        {
            word = layout.IsBigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(row[at..])
                : BinaryPrimitives.ReadUInt16LittleEndian(row[at..]);
        }
        else
        {
            word = layout.IsBigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(row[at..])
                : BinaryPrimitives.ReadUInt32LittleEndian(row[at..]);
        }

        return (word >> layout.Shift) & ((1L << layout.Depth) - 1);
    }

    private static int Bytes(ReadOnlySpan<byte> samples, int count, float offset, Span<float> output)
    {
        Vector256<float> bias = Vector256.Create(offset);
        ref byte source = ref MemoryMarshal.GetReference(samples);
        ref float target = ref MemoryMarshal.GetReference(output);
        count = Math.Min(count, Math.Min(samples.Length, output.Length));
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Vector256<ushort> words = Vector256.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256Unsafe());
            StoreWords(words, bias, ref Unsafe.Add(ref target, i));
        }

        return i;
    }

    private static int PackedBytes(ReadOnlySpan<byte> samples, int step, int count, float offset, Span<float> output)
    {
        output = output[..count];
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = samples[i * step] - offset;
        }

        return count;
    }

    private static int Words(
        ReadOnlySpan<ushort> samples, int count, int shift, int mask, float offset, Span<float> output)
    {
        Vector256<float> bias = Vector256.Create(offset);
        Vector256<ushort> keep = Vector256.Create((ushort)mask);
        ref ushort source = ref MemoryMarshal.GetReference(samples);
        ref float target = ref MemoryMarshal.GetReference(output);
        count = Math.Min(count, Math.Min(samples.Length, output.Length));
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Vector256<ushort> words = (Vector256.LoadUnsafe(ref source, (nuint)i) >>> shift) & keep;
            StoreWords(words, bias, ref Unsafe.Add(ref target, i));
        }

        return i;
    }

    private static int DoubleWords(
        ReadOnlySpan<uint> samples, int count, int shift, uint mask, float offset, Span<float> output)
    {
        Vector256<float> bias = Vector256.Create(offset);
        Vector256<uint> keep = Vector256.Create(mask);
        ref uint source = ref MemoryMarshal.GetReference(samples);
        ref float target = ref MemoryMarshal.GetReference(output);
        count = Math.Min(count, Math.Min(samples.Length, output.Length));
        int i = 0;
        for (; i <= count - 8; i += 8)
        {
            Vector256<uint> words = (Vector256.LoadUnsafe(ref source, (nuint)i) >>> shift) & keep;
            (Vector256.ConvertToSingle(words.AsInt32()) - bias).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWords(Vector256<ushort> words, Vector256<float> bias, ref float target)
    {
        (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(words);
        (Vector256.ConvertToSingle(low.AsInt32()) - bias).StoreUnsafe(ref target);
        (Vector256.ConvertToSingle(high.AsInt32()) - bias).StoreUnsafe(ref target, 8);
    }
}
