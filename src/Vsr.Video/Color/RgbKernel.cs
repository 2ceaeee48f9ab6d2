using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>One row of luma and of chroma between two rows, all at full width, to red, green and blue.</summary>
internal static class RgbKernel
{
    /// <summary>The rows of floats that go into one row of RGB; each is read in whole vectors of 8.</summary>
    internal readonly ref struct Rows
    {
        public ReadOnlySpan<float> Luma { get; init; }

        public ReadOnlySpan<float> FirstU { get; init; }

        public ReadOnlySpan<float> SecondU { get; init; }

        public ReadOnlySpan<float> FirstV { get; init; }

        public ReadOnlySpan<float> SecondV { get; init; }

        /// <summary>Weight of the second chroma row, 0..1.</summary>
        public float SecondWeight { get; init; }
    }

    /// <summary>Converts <paramref name="red"/>.Length pixels.</summary>
    /// <remarks>Multiplications and additions are not fused, so that every machine gives the same bits.</remarks>
    public static void Convert<T, TSample>(
        in Rows rows, in ColorTransform transform, Span<T> red, Span<T> green, Span<T> blue)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        Matrix matrix = new(transform, TSample.Maximum);
        Vector256<float> weight = Vector256.Create(rows.SecondWeight);
        int count = red.Length;
        int padded = (count + 7) & ~7;
        ref float luma = ref First(rows.Luma, padded);
        ref float firstU = ref First(rows.FirstU, padded);
        ref float secondU = ref First(rows.SecondU, padded);
        ref float firstV = ref First(rows.FirstV, padded);
        ref float secondV = ref First(rows.SecondV, padded);
        ref T r = ref MemoryMarshal.GetReference(red);
        ref T g = ref MemoryMarshal.GetReference(green[..count]);
        ref T b = ref MemoryMarshal.GetReference(blue[..count]);
        Span<T> tail = stackalloc T[24];
        for (int i = 0; i < count; i += 8)
        {
            Vector256<float> y = Vector256.LoadUnsafe(ref luma, (nuint)i);
            Vector256<float> u0 = Vector256.LoadUnsafe(ref firstU, (nuint)i);
            Vector256<float> v0 = Vector256.LoadUnsafe(ref firstV, (nuint)i);
            Vector256<float> u = u0 + ((Vector256.LoadUnsafe(ref secondU, (nuint)i) - u0) * weight);
            Vector256<float> v = v0 + ((Vector256.LoadUnsafe(ref secondV, (nuint)i) - v0) * weight);
            Vector256<float> vr = matrix.Clamp((y * matrix.R0) + (u * matrix.R1) + (v * matrix.R2));
            Vector256<float> vg = matrix.Clamp((y * matrix.G0) + (u * matrix.G1) + (v * matrix.G2) + matrix.G3);
            Vector256<float> vb = matrix.Clamp((y * matrix.B0) + (u * matrix.B1) + (v * matrix.B2) + matrix.B3);
            if (i + 8 <= count)
            {
                TSample.Store(vr, ref Unsafe.Add(ref r, i));
                TSample.Store(vg, ref Unsafe.Add(ref g, i));
                TSample.Store(vb, ref Unsafe.Add(ref b, i));
            }
            else
            {
                TSample.Store(vr, ref tail[0]);
                TSample.Store(vg, ref tail[8]);
                TSample.Store(vb, ref tail[16]);
                tail[..(count - i)].CopyTo(red[i..]);
                tail.Slice(8, count - i).CopyTo(green[i..]);
                tail.Slice(16, count - i).CopyTo(blue[i..]);
            }
        }
    }

    /// <summary>As <see cref="Convert"/>, the first of the three channels alone.</summary>
    public static void ConvertFirst<T, TSample>(in Rows rows, in ColorTransform transform, Span<T> output)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        Matrix matrix = new(transform, TSample.Maximum);
        Vector256<float> weight = Vector256.Create(rows.SecondWeight);
        int count = output.Length;
        int padded = (count + 7) & ~7;
        ref float luma = ref First(rows.Luma, padded);
        ref float firstU = ref First(rows.FirstU, padded);
        ref float secondU = ref First(rows.SecondU, padded);
        ref float firstV = ref First(rows.FirstV, padded);
        ref float secondV = ref First(rows.SecondV, padded);
        ref T target = ref MemoryMarshal.GetReference(output);
        Span<T> tail = stackalloc T[8];
        for (int i = 0; i < count; i += 8)
        {
            Vector256<float> y = Vector256.LoadUnsafe(ref luma, (nuint)i);
            Vector256<float> u0 = Vector256.LoadUnsafe(ref firstU, (nuint)i);
            Vector256<float> v0 = Vector256.LoadUnsafe(ref firstV, (nuint)i);
            Vector256<float> u = u0 + ((Vector256.LoadUnsafe(ref secondU, (nuint)i) - u0) * weight);
            Vector256<float> v = v0 + ((Vector256.LoadUnsafe(ref secondV, (nuint)i) - v0) * weight);
            Vector256<float> value = matrix.Clamp((y * matrix.R0) + (u * matrix.R1) + (v * matrix.R2));
            if (i + 8 <= count)
            {
                TSample.Store(value, ref Unsafe.Add(ref target, i));
            }
            else
            {
                TSample.Store(value, ref tail[0]);
                tail[..(count - i)].CopyTo(output[i..]);
            }
        }
    }

    private static ref float First(ReadOnlySpan<float> row, int length) => ref MemoryMarshal.GetReference(row[..length]);

    private readonly struct Matrix(in ColorTransform t, double maximum)
    {
        public readonly Vector256<float> R0 = Vector256.Create((float)(t.R0 * maximum));
        public readonly Vector256<float> R1 = Vector256.Create((float)(t.R1 * maximum));
        public readonly Vector256<float> R2 = Vector256.Create((float)(t.R2 * maximum));
        public readonly Vector256<float> G0 = Vector256.Create((float)(t.G0 * maximum));
        public readonly Vector256<float> G1 = Vector256.Create((float)(t.G1 * maximum));
        public readonly Vector256<float> G2 = Vector256.Create((float)(t.G2 * maximum));
        public readonly Vector256<float> G3 = Vector256.Create((float)(t.ConstantG * maximum));
        public readonly Vector256<float> B0 = Vector256.Create((float)(t.B0 * maximum));
        public readonly Vector256<float> B1 = Vector256.Create((float)(t.B1 * maximum));
        public readonly Vector256<float> B2 = Vector256.Create((float)(t.B2 * maximum));
        public readonly Vector256<float> B3 = Vector256.Create((float)(t.ConstantB * maximum));
        private readonly Vector256<float> _maximum = Vector256.Create((float)maximum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Clamp(Vector256<float> value) =>
            Vector256.MinNative(Vector256.MaxNative(value, Vector256<float>.Zero), _maximum);
    }
}
