using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>
/// Halves rows of colour differences, each output sample where its siting puts it: the mean of the two samples around it where
/// it lies half-way between them, (1 2 1) / 4 of the three samples around it where it lies on one. Edges are repeated.
/// </summary>
internal static class ChromaReduction
{
    /// <summary>The first input and the three weights of output sample 0; output k begins 2 k further.</summary>
    /// <param name="offset">Position of output 0 among the inputs: 0, 0.5 or 1.</param>
    public static (int First, float Weight0, float Weight1, float Weight2) Taps(double offset) => offset switch
    {
        0 => (-1, 0.25f, 0.5f, 0.25f),
        1 => (0, 0.25f, 0.5f, 0.25f),
        _ => (0, 0.5f, 0.5f, 0f),
    };

    /// <summary>output[k] = weights of samples[2 k], [2 k + 1], [2 k + 2].</summary>
    /// <param name="samples">2 x output length + 2 samples, beginning with the first tap of output 0.</param>
    /// <param name="taps">The weights.</param>
    /// <param name="output">The halved row.</param>
    public static void Horizontal(
        ReadOnlySpan<float> samples, (int First, float Weight0, float Weight1, float Weight2) taps, Span<float> output)
    {
        Vector256<float> weight0 = Vector256.Create(taps.Weight0);
        Vector256<float> weight1 = Vector256.Create(taps.Weight1);
        Vector256<float> weight2 = Vector256.Create(taps.Weight2);
        Vector256<ulong> lowHalf = Vector256.Create(0xFFFFFFFFul);
        ref float source = ref MemoryMarshal.GetReference(samples);
        ref float target = ref MemoryMarshal.GetReference(output);
        int k = 0;
        for (; k <= Math.Min(output.Length, (samples.Length - 2) / 2) - 8; k += 8)
        {
            nuint at = (nuint)(2 * k);
            Vector256<ulong> pairsLow = Vector256.LoadUnsafe(ref source, at).AsUInt64();
            Vector256<ulong> pairsHigh = Vector256.LoadUnsafe(ref source, at + 8).AsUInt64();
            Vector256<ulong> nextLow = Vector256.LoadUnsafe(ref source, at + 2).AsUInt64();
            Vector256<ulong> nextHigh = Vector256.LoadUnsafe(ref source, at + 10).AsUInt64();
            Vector256<float> even = Vector256.Narrow(pairsLow & lowHalf, pairsHigh & lowHalf).AsSingle();
            Vector256<float> odd = Vector256.Narrow(pairsLow >>> 32, pairsHigh >>> 32).AsSingle();
            Vector256<float> next = Vector256.Narrow(nextLow & lowHalf, nextHigh & lowHalf).AsSingle();
            ((even * weight0) + (odd * weight1) + (next * weight2)).StoreUnsafe(ref target, (nuint)k);
        }

        for (; k < output.Length; k++)
        {
            output[k] = (samples[2 * k] * taps.Weight0) + (samples[(2 * k) + 1] * taps.Weight1)
                + (samples[(2 * k) + 2] * taps.Weight2);
        }
    }

    /// <summary>output = the weighted sum of three rows.</summary>
    public static void Vertical(ReadOnlySpan<float> row0, ReadOnlySpan<float> row1, ReadOnlySpan<float> row2,
        (int First, float Weight0, float Weight1, float Weight2) taps, Span<float> output)
    {
        Vector256<float> weight0 = Vector256.Create(taps.Weight0);
        Vector256<float> weight1 = Vector256.Create(taps.Weight1);
        Vector256<float> weight2 = Vector256.Create(taps.Weight2);
        int i = 0;
        for (; i <= output.Length - 8; i += 8)
        {
            Vector256<float> sum = (Vector256.Create(row0.Slice(i, 8)) * weight0)
                + (Vector256.Create(row1.Slice(i, 8)) * weight1) + (Vector256.Create(row2.Slice(i, 8)) * weight2);
            sum.CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            output[i] = (row0[i] * taps.Weight0) + (row1[i] * taps.Weight1) + (row2[i] * taps.Weight2);
        }
    }
}
