using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>
/// Bilinear enlargement of rows of chroma samples to luma resolution. Luma position x lies at chroma coordinate
/// (x - offset) / factor; coordinates before the first and after the last sample take that sample.
/// </summary>
internal static class ChromaInterpolation
{
    /// <summary>The two samples and the weight of the second between which luma position x lies.</summary>
    /// <param name="position">Luma column or row.</param>
    /// <param name="factor">Subsampling: 1, 2 or 4.</param>
    /// <param name="offset">Luma position of chroma sample 0.</param>
    /// <param name="length">Number of chroma samples.</param>
    public static (int First, int Second, double SecondWeight) At(int position, int factor, double offset, int length)
    {
        double coordinate = (position - offset) / factor;
        double floor = Math.Floor(coordinate);
        int first = Math.Clamp((int)floor, 0, length - 1);
        int second = Math.Clamp((int)floor + 1, 0, length - 1);
        return (first, second, coordinate - floor);
    }

    /// <summary>
    /// Enlarges two times: <paramref name="output"/>[2 j] and [2 j + 1] from samples j, j + 1, j + 2 of
    /// <paramref name="samples"/>, which begin one sample before the first pair.
    /// </summary>
    /// <param name="samples">count + 2 samples.</param>
    /// <param name="count">Number of pairs to make.</param>
    /// <param name="offset">0: samples lie on even positions; 0.5: half-way between even and odd.</param>
    /// <param name="output">2 x count samples, with room for 16 more.</param>
    public static void Double(ReadOnlySpan<float> samples, int count, double offset, Span<float> output)
    {
        // Even position: coordinate -offset/2, between the sample before and this one. Odd: (1 - offset)/2, this and the next.
        float evenBefore = (float)(offset / 2);
        float oddAfter = (float)((1 - offset) / 2);
        Vector256<float> before = Vector256.Create(evenBefore);
        Vector256<float> after = Vector256.Create(oddAfter);
        ref float source = ref MemoryMarshal.GetReference(samples);
        ref float target = ref MemoryMarshal.GetReference(output);
        int j = 0;
        for (; j <= Math.Min(count, samples.Length - 2) - 8; j += 8)
        {
            Vector256<float> previous = Vector256.LoadUnsafe(ref source, (nuint)j);
            Vector256<float> current = Vector256.LoadUnsafe(ref source, (nuint)j + 1);
            Vector256<float> next = Vector256.LoadUnsafe(ref source, (nuint)j + 2);
            Vector256<uint> even = (current + ((previous - current) * before)).AsUInt32();
            Vector256<uint> odd = (current + ((next - current) * after)).AsUInt32();
            Vector256<ulong> low = Vector256.WidenLower(even) | (Vector256.WidenLower(odd) << 32);
            Vector256<ulong> high = Vector256.WidenUpper(even) | (Vector256.WidenUpper(odd) << 32);
            low.AsSingle().StoreUnsafe(ref target, (nuint)(2 * j));
            high.AsSingle().StoreUnsafe(ref target, (nuint)(2 * j) + 8);
        }

        for (; j < count; j++)
        {
            float current = samples[j + 1];
            output[2 * j] = current + ((samples[j] - current) * evenBefore);
            output[(2 * j) + 1] = current + ((samples[j + 2] - current) * oddAfter);
        }
    }
}
