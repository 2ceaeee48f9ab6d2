namespace Vsr.Models.PyTorch;

/// <summary>Reads a tensor's elements into one row-major block.</summary>
internal static class TensorBytes
{
    /// <summary>Reads all elements of a tensor whose storage has its place.</summary>
    /// <param name="source">The file.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="destination">As many bytes as the tensor has.</param>
    /// <exception cref="FormatException">The file is shorter than it was, or elements lie too far apart.</exception>
    public static void Read(ByteSource source, PyTorchTensor tensor, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        int size = SafetensorsEntry.ElementSize(tensor.Storage.Type);
        long offset = tensor.Storage.Offset + (tensor.Start * size);
        IReadOnlyList<(long Side, long Stride)> walk = tensor.Walk();
        if (walk is [] or [(_, 1)])
        {
            source.Read(offset, destination);
        }
        else
        {
            ReadSpread(source, tensor, offset, walk, destination);
        }

        if (tensor.Storage.Type == SafetensorsType.BOOL)
        {
            // Any byte but 0 is true where the file was damaged; bool tensors may hold nothing but 0 and 1.
            foreach (ref byte truth in destination)
            {
                truth = truth == 0 ? (byte)0 : (byte)1;
            }
        }
    }

    private static void ReadSpread(
        ByteSource source, PyTorchTensor tensor, long offset, IReadOnlyList<(long Side, long Stride)> walk, Span<byte> destination)
    {
        int size = SafetensorsEntry.ElementSize(tensor.Storage.Type);
        if (tensor.Extent * size > Array.MaxLength)
        {
            throw new FormatException($"a tensor's elements are spread over {tensor.Extent * size} bytes; at most {Array.MaxLength} are read");
        }

        byte[] extent = GC.AllocateUninitializedArray<byte>((int)(tensor.Extent * size));
        source.Read(offset, extent);
        Gather(extent, walk, size, destination);
    }

    private static void Gather(byte[] extent, IReadOnlyList<(long Side, long Stride)> walk, int size, Span<byte> destination)
    {
        (long Side, long Stride)[] outer = [.. walk.SkipLast(1)];
        (long side, long stride) = walk[^1];
        long[] index = new long[outer.Length];
        long start = 0;
        int to = 0;
        while (to < destination.Length)
        {
            if (stride == 1)
            {
                int run = (int)side * size;
                extent.AsSpan((int)start * size, run).CopyTo(destination[to..]);
                to += run;
            }
            else
            {
                long from = start;
                for (long i = 0; i < side; i++, from += stride, to += size)
                {
                    extent.AsSpan((int)from * size, size).CopyTo(destination[to..]);
                }
            }

            start = Next(outer, index, start);
        }
    }

    // The next row's start: an odometer whose last wheel turns fastest.
    private static long Next((long Side, long Stride)[] outer, long[] index, long start)
    {
        for (int i = outer.Length - 1; i >= 0; i--)
        {
            start += outer[i].Stride;
            if (++index[i] < outer[i].Side)
            {
                break;
            }

            start -= outer[i].Side * outer[i].Stride;
            index[i] = 0;
        }

        return start;
    }
}
