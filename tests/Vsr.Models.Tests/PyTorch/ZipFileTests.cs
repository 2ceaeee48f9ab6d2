using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Vsr.Models.PyTorch;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>The zip format's traps: checksums, what contradicts itself, what another program would see otherwise.</summary>
public class ZipFileTests
{
    private static readonly byte[] Data = HandmadeFile.Data(1, 2, 3, 4);

    private static byte[] Pickle => new PickleBuilder().OneTensor(0, [4], [1]).End();

    [Theory]
    [InlineData("archive/")]
    [InlineData("")]
    [InlineData("é name/")]
    public void TheFolderHasAnyNameOrNone(string folder)
    {
        byte[] zip = Write(
            (folder + "data.pkl", Pickle), (folder + "byteorder", "little"u8.ToArray()), (folder + "data/0", Data), (folder + "version", "3\n"u8.ToArray()),
            (folder + ".data/serialization_id", "12345"u8.ToArray()));

        using PyTorchWeights file = HandmadeFile.Open(zip);

        Assert.Equal([new TorchTensor("a", "float32", [4], Convert.ToHexStringLower(Data))], TorchTensor.AllOf(file));
    }

    [Fact]
    public void Zip64IsRead()
    {
        using PyTorchWeights file = HandmadeFile.Open(Wide(Data.Length));

        Assert.Equal(Convert.ToHexStringLower(Data), TorchTensor.AllOf(file)[0].Hex);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(15)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Zip64sLengthsAreChecked(long bytes) => HandmadeFile.Refusal(Wide(bytes));

    [Fact]
    public void DamagedDataAreFoundByTheirChecksum()
    {
        byte[] zip = Good();
        int at = zip.AsSpan().IndexOf(Data);
        for (int bit = 0; bit < 8 * Data.Length; bit++)
        {
            byte[] damaged = zip.ToArray();
            damaged[at + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.Contains("has damaged data in the storage '0': checksum ", HandmadeFile.Refusal(damaged), StringComparison.Ordinal);
        }

        byte[] renamed = zip.ToArray();
        renamed[renamed.AsSpan().IndexOf("X\u0001\0\0\0a"u8) + 5] = (byte)'b';
        Assert.Contains("has a damaged 'archive/data.pkl': checksum ", HandmadeFile.Refusal(renamed), StringComparison.Ordinal);
    }

    [Fact]
    public void TheChecksumIsThatOfZipFiles()
    {
        Assert.Equal(0xCBF43926, Crc32.Append(0, "123456789"u8));
        byte[] bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        uint whole = Crc32.Append(0, bytes);
        for (int cut = 0; cut <= bytes.Length; cut += 7)
        {
            Assert.Equal(whole, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }

    [Fact]
    public void WhatDoesNotBelongTogetherIsRefused()
    {
        byte[] good = Good();
        Refused("has bytes", "is a zip file without its end", [.. good, 0]);
        Refused("cut", "is a zip file without its end", good[..^1]);
        Refused("first half", "is a zip file without its end", good[..(good.Length / 2)]);
        Refused("hardly begun", "cut short", good[..8]);
        Refused("something before it", "has a damaged zip directory", [.. "PK\u0003\u0004"u8, .. good]);
        Refused("two of a name", "has two 'archive/data/0'", Write(("archive/data.pkl", Pickle), ("archive/data/0", Data), ("archive/data/0", Data)));
        Refused("two pickles", "a zip file with 2 data.pkl", Write(("archive/data.pkl", Pickle), ("data.pkl", Pickle), ("archive/data/0", Data)));
        Refused("no pickle", "a zip file with 0 data.pkl", Write(("archive/data/0", Data)));
        Refused("a deep pickle", "a zip file with 0 data.pkl", Write(("a/b/data.pkl", Pickle), ("a/b/data/0", Data)));
        Refused("no data", "has 0 bytes for the storage '0', which takes 16", Write(("archive/data.pkl", Pickle)));
        Refused("short data", "has 15 bytes for the storage '0'", Write(("archive/data.pkl", Pickle), ("archive/data/0", Data[..^1])));
        Refused("stray data", "has a 'archive/data/1', which no tensor names", Write(("archive/data.pkl", Pickle), ("archive/data/0", Data), ("archive/data/1", Data)));
        Refused("big-endian", "has the byte order 'big'", Write(("archive/data.pkl", Pickle), ("archive/data/0", Data), ("archive/byteorder", "big"u8.ToArray())));
        Refused("a version", "has the format version 'new'", Write(("archive/data.pkl", Pickle), ("archive/data/0", Data), ("archive/version", "new"u8.ToArray())));
        Refused("a note", "has a note version of 100 bytes", Write(("archive/data.pkl", Pickle), ("archive/data/0", Data), ("archive/version", new byte[100])));
        Refused("TorchScript", "a TorchScript archive", Write(("archive/data.pkl", Pickle), ("archive/constants.pkl", Pickle), ("archive/data/0", Data)));
        Refused("more pickle", "has 1 bytes after the end in data.pkl", Write(("archive/data.pkl", [.. Pickle, 0]), ("archive/data/0", Data)));
        Refused(
            "a global", "the global 'os.system', which is not allowed (at offset 2 of archive/data.pkl)",
            Write(("archive/data.pkl", new PickleBuilder().Global("os", "system").End()), ("archive/data/0", Data)));

        static void Refused(string what, string expected, byte[] file) =>
            Assert.Contains(expected, $"{what}: {HandmadeFile.Refusal(file)}", StringComparison.Ordinal);
    }

    [Fact]
    public void CompressedFilesAreRefused()
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("archive/data.pkl", CompressionLevel.Optimal).Open();
            entry.Write(Pickle);
        }

        Assert.Contains("has a compressed or encrypted 'archive/data.pkl'", HandmadeFile.Refusal(stream.ToArray()), StringComparison.Ordinal);
    }

    // Every byte of the directory and of the headers, set to every kind of value: what is accepted is the same file.
    [Fact]
    public void NoByteOfTheDirectoryCanChangeWhatIsRead()
    {
        byte[] good = Good();
        string expected = Describe(good)!;
        for (int at = 0; at < good.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7F, 0x80, 0xFF, (byte)(good[at] ^ 1), (byte)(good[at] + 1)])
            {
                byte[] damaged = good.ToArray();
                damaged[at] = value;
                string? read = Describe(damaged);
                Assert.True(read is null || read == expected, $"byte {at} = {value}");
            }
        }
    }

    private static byte[] Good() => Write(("archive/data.pkl", Pickle), ("archive/data/0", Data), ("archive/version", "3\n"u8.ToArray()));

    private static string? Describe(byte[] bytes)
    {
        try
        {
            using PyTorchWeights file = HandmadeFile.Open(bytes);
            return string.Join("\n", TorchTensor.AllOf(file).AsEnumerable());
        }
        catch (CheckpointException)
        {
            return null;
        }
    }

    /// <summary>A zip file of files stored as they are.</summary>
    internal static byte[] Write(params (string Name, byte[] Data)[] files)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] data) in files)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(data);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A zip file whose lengths and offsets stand in zip64's fields alone.</summary>
    private static byte[] Wide(long dataBytes)
    {
        List<byte> file = [];
        List<byte> table = [];
        foreach ((string name, byte[] data, long bytes) in ((string, byte[], long)[])[("a/data.pkl", Pickle, Pickle.Length), ("a/data/0", Data, dataBytes)])
        {
            uint crc = Crc32.Append(0, data);
            int offset = file.Count;
            Add(file, 4, 0x04034B50, 2, 45, 2, 0, 2, 0, 4, 0, 4, crc, 4, uint.MaxValue, 4, uint.MaxValue, 2, name.Length, 2, 20);
            file.AddRange(Encoding.UTF8.GetBytes(name));
            Add(file, 2, 1, 2, 16, 8, bytes, 8, bytes);
            file.AddRange(data);
            Add(table, 4, 0x02014B50, 2, 45, 2, 45, 2, 0, 2, 0, 4, 0, 4, crc, 4, uint.MaxValue, 4, uint.MaxValue, 2, name.Length, 2, 36, 2, 0, 2, 0, 2, 0, 4, 0, 4, uint.MaxValue);
            table.AddRange(Encoding.UTF8.GetBytes(name));
            Add(table, 2, 0xCAFE, 2, 4, 4, 7, 2, 1, 2, 24, 8, bytes, 8, bytes, 8, offset);
        }

        int start = file.Count;
        file.AddRange(table);
        int end = file.Count;
        Add(file, 4, 0x06064B50, 8, 44, 2, 45, 2, 45, 4, 0, 4, 0, 8, 2, 8, 2, 8, table.Count, 8, start);
        Add(file, 4, 0x07064B50, 4, 0, 8, end, 4, 1);
        Add(file, 4, 0x06054B50, 2, 0, 2, 0, 2, ushort.MaxValue, 2, ushort.MaxValue, 4, uint.MaxValue, 4, uint.MaxValue, 2, 0);
        return [.. file];
    }

    // Pairs of a width in bytes and a number.
    private static void Add(List<byte> bytes, params long[] fields)
    {
        byte[] number = new byte[8];
        for (int i = 0; i < fields.Length; i += 2)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, fields[i + 1]);
            bytes.AddRange(number[..(int)fields[i]]);
        }
    }
}
