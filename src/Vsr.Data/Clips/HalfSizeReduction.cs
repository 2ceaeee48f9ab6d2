namespace Vsr.Data;

/// <summary>
/// Antialiased bicubic reduction by two, a = -0.5, mirrored edges (edge pixel repeated), of 8-bit planes, in whole numbers: the
/// eight weights are 256ths (-3 -9 29 111 111 29 -9 -3), so the result is exact and rounded once, halves upwards.
/// </summary>
/// <remarks>
/// Keys, "Cubic convolution interpolation for digital image processing" (1981), its kernel stretched by two as MATLAB's imresize
/// does. Output pixel i is centred between the input pixels 2i and 2i + 1. One instance a thread.
/// </remarks>
internal sealed class HalfSizeReduction
{
    /// <summary>How far the weights reach beyond the two input pixels under an output pixel.</summary>
    public const int Reach = 3;

    private byte[] _row = [];
    private int[] _narrow = [];

    /// <summary>Reduces a part of a plane.</summary>
    /// <param name="region">Bytes of a rectangle of the input plane, rows without padding.</param>
    /// <param name="across">How the rectangle's columns lie to the output's columns.</param>
    /// <param name="down">How its rows lie to the output's rows.</param>
    /// <param name="output">[down.Count, across.Count].</param>
    public void Reduce(ReadOnlySpan<byte> region, HalfSizeAxis across, HalfSizeAxis down, Span<byte> output)
    {
        int width = across.Count;
        Grow(ref _row, across.Reached);
        Grow(ref _narrow, down.Length * width);
        for (int y = 0; y < down.Length; y++)
        {
            ReadOnlySpan<byte> source = region.Slice(y * across.Length, across.Length);
            for (int i = 0; i < across.Reached; i++)
            {
                _row[i] = source[across.SourceOf(i)];
            }

            Narrow(_row, _narrow.AsSpan(y * width, width));
        }

        for (int y = 0; y < down.Count; y++)
        {
            Shorten(y, width, down, output.Slice(y * width, width));
        }
    }

    private static void Narrow(byte[] row, Span<int> narrow)
    {
        for (int i = 0; i < narrow.Length; i++)
        {
            ReadOnlySpan<byte> t = row.AsSpan(2 * i, 8);
            narrow[i] = 111 * (t[3] + t[4]) + 29 * (t[2] + t[5]) - 9 * (t[1] + t[6]) - 3 * (t[0] + t[7]);
        }
    }

    private void Shorten(int y, int width, HalfSizeAxis down, Span<byte> output)
    {
        ReadOnlySpan<int> t0 = Tap(0), t1 = Tap(1), t2 = Tap(2), t3 = Tap(3), t4 = Tap(4), t5 = Tap(5), t6 = Tap(6), t7 = Tap(7);
        for (int x = 0; x < width; x++)
        {
            int sum = 111 * (t3[x] + t4[x]) + 29 * (t2[x] + t5[x]) - 9 * (t1[x] + t6[x]) - 3 * (t0[x] + t7[x]);
            output[x] = (byte)Math.Clamp((sum + 32768) >> 16, 0, 255);
        }

        ReadOnlySpan<int> Tap(int tap) => _narrow.AsSpan(down.SourceOf(2 * y + tap) * width, width);
    }

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }
}
