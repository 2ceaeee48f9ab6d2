namespace Vsr.Models.Tests.PyTorch;

/// <summary>Copies of a file with damage: bits, bytes, numbers at their limits, cuts, insertions, omissions, parts in the wrong place.</summary>
internal static class DamagedCopy
{
    private static readonly byte[][] Extremes =
    [
        [0], [0xFF], [0x7F], [0x80], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80],
        [0, 0, 0, 0, 0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0, 0, 0, 0, 0, 0, 0, 0x80], [0, 0, 0, 0, 1, 0, 0, 0],
    ];

    /// <summary>The copy of a number: always the same, and never the whole file.</summary>
    public static byte[] Of(byte[] whole, int number)
    {
        Random random = new(number);
        List<byte> copy = [.. whole];
        do
        {
            for (int times = random.Next(4) == 0 ? random.Next(1, 5) : 1; times > 0 && copy.Count > 0; times--)
            {
                Damage(copy, whole, random);
            }
        }
        while (copy.Count == whole.Length && whole.AsSpan().SequenceEqual(copy.ToArray()));
        return [.. copy];
    }

    private static void Damage(List<byte> copy, byte[] whole, Random random)
    {
        int at = random.Next(copy.Count);
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                copy[at] ^= (byte)(1 << random.Next(8));
                break;
            case 3:
                copy[at] = (byte)random.Next(256);
                break;
            case 4:
                Overwrite(copy, at, Extremes[random.Next(Extremes.Length)]);
                break;
            case 5:
                copy.RemoveRange(at, copy.Count - at);
                break;
            case 6:
                copy.InsertRange(at, Bytes(random, random.Next(1, 20)));
                break;
            case 7:
                copy.RemoveRange(at, Math.Min(copy.Count - at, random.Next(1, 40)));
                break;
            case 8:
                copy.InsertRange(at, Part(whole, random));
                break;
            default:
                Overwrite(copy, at, Part(whole, random));
                break;
        }
    }

    private static void Overwrite(List<byte> copy, int at, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length && at + i < copy.Count; i++)
        {
            copy[at + i] = bytes[i];
        }
    }

    private static byte[] Part(byte[] whole, Random random)
    {
        int start = random.Next(whole.Length);
        int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 12 : 400), whole.Length - start);
        return whole[start..(start + length)];
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
