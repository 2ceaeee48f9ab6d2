using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>One row of red, green and blue to three rows of code values, at full width and not rounded.</summary>
internal static class YuvKernel
{
    /// <summary>Converts red.Length pixels of bytes or 16-bit words.</summary>
    public static void Convert<T>(ReadOnlySpan<T> red, ReadOnlySpan<T> green, ReadOnlySpan<T> blue,
        in YuvTransform transform, Span<float> first, Span<float> second, Span<float> third)
        where T : unmanaged
    {
        int count = red.Length;
        Weights y = new(transform.Offset0, transform.Y0, transform.Y1, transform.Y2);
        Weights u = new(transform.Offset1, transform.U0, transform.U1, transform.U2);
        Weights v = new(transform.Offset2, transform.V0, transform.V1, transform.V2);
        Span<T> tail = stackalloc T[24];
        for (int i = 0; i < count; i += 8)
        {
            Vector256<float> r;
            Vector256<float> g;
            Vector256<float> b;
            if (i + 8 <= count)
            {
                r = Load(red.Slice(i, 8));
                g = Load(green.Slice(i, 8));
                b = Load(blue.Slice(i, 8));
            }
            else
            {
                red[i..].CopyTo(tail);
                green[i..].CopyTo(tail[8..]);
                blue[i..].CopyTo(tail[16..]);
                r = Load(tail[..8]);
                g = Load(tail.Slice(8, 8));
                b = Load(tail.Slice(16, 8));
            }

            // The rows have room for a whole vector at their end.
            y.Apply(r, g, b).CopyTo(first[i..]);
            u.Apply(r, g, b).CopyTo(second[i..]);
            v.Apply(r, g, b).CopyTo(third[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load<T>(ReadOnlySpan<T> eight)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            ulong packed = MemoryMarshal.Read<ulong>(MemoryMarshal.Cast<T, byte>(eight));
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(packed).AsByte());
            return Vector256.ConvertToSingle(Vector256.WidenLower(words.ToVector256Unsafe()).AsInt32());
        }

        Vector128<ushort> values = Vector128.Create(MemoryMarshal.Cast<T, ushort>(eight));
        return Vector256.ConvertToSingle(Vector256.WidenLower(values.ToVector256Unsafe()).AsInt32());
    }

    private readonly struct Weights(double offset, double red, double green, double blue)
    {
        private readonly Vector256<float> _offset = Vector256.Create((float)offset);
        private readonly Vector256<float> _red = Vector256.Create((float)red);
        private readonly Vector256<float> _green = Vector256.Create((float)green);
        private readonly Vector256<float> _blue = Vector256.Create((float)blue);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> r, Vector256<float> g, Vector256<float> b) =>
            (r * _red) + (g * _green) + (b * _blue) + _offset;
    }
}
