using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Degrading;

/// <summary>The same frames become the same bytes, whatever lay in the memory that the encoder gets.</summary>
public class CompressionEncodingTests
{
    [Fact]
    public void H264IsRepeatable()
    {
        using TemporaryFolder folder = new();
        string[] hashes = [.. Enumerable.Range(0, 8).Select(round =>
        {
            Litter((byte)(31 * round));
            return Hash(folder.File($"{round}.mp4"));
        })];
        Assert.Single(hashes.Distinct());
    }

    private static string Hash(string path)
    {
        const int side = 72;
        using (VideoWriter writer = new(path, CompressionEncoding.For(CompressionCodec.H264, 25, side, side, new Rational(1, 25), null)))
        {
            byte[] planar = new byte[3 * side * side];
            for (int frame = 0; frame < 14; frame++)
            {
                for (int i = 0; i < planar.Length; i++)
                {
                    planar[i] = (byte)(128 + (60 * Math.Sin((i + (2 * frame)) * 0.3)) + (i * 7919 % 31));
                }

                writer.Write(planar, frame, 1);
            }

            writer.Finish();
        }

        return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
    }

    // Freed memory keeps what was in it; the encoder's allocations get it next.
    private static unsafe void Litter(byte value)
    {
        nint[] blocks = [.. Enumerable.Range(0, 2000).Select(i => (nint)NativeMemory.AlignedAlloc((nuint)(64 * (1 + (i % 100))), 64))];
        for (int i = 0; i < blocks.Length; i++)
        {
            NativeMemory.Fill((void*)blocks[i], (nuint)(64 * (1 + (i % 100))), value);
        }

        foreach (nint block in blocks)
        {
            NativeMemory.AlignedFree((void*)block);
        }
    }
}
