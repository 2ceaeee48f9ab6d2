using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Vsr.Tests;

namespace Vsr.Models.Tests;

/// <summary>The safetensors reader and writer, without torch; other programs as oracles.</summary>
public class SafetensorsTests
{
    private const string Tensor = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    private static readonly Gen<SafetensorsEntry> AnyEntry =
        from name in Gen.String[Gen.Char.AlphaNumeric, 1, 8]
        from type in Gen.Enum<SafetensorsType>()
        from shape in Gen.Long[0, 4].Array[0, 3]
        let bytes = (int)shape.Aggregate(1L, (x, y) => x * y) * SafetensorsEntry.ElementSize(type)
        from data in Gen.Byte.Array[bytes]
        select new SafetensorsEntry(name, type, shape, data);

    /// <summary>A header of 128 bytes, or 384, begins with the byte that a pickle begins with.</summary>
    [Fact]
    public void AFileIsKnownWhateverTheLengthOfItsHeader()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("file");
        HashSet<byte> first = [];
        for (int length = 0; length < 600; length++)
        {
            new SafetensorsFile([new("a", SafetensorsType.U8, [1], new byte[] { 7 })], new Dictionary<string, string> { ["x"] = new('x', length) }).Write(path);
            first.Add(System.IO.File.ReadAllBytes(path)[0]);

            using WeightsFile file = WeightsFile.Open(path);

            Assert.Equal(WeightsFormat.Safetensors, file.Format);
            Assert.Equal("a", Assert.Single(file.Entries).Name);
        }

        Assert.Contains((byte)0x80, first);
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("any.safetensors");
        (from entries in AnyEntry.Array[0, 5]
         from key in Gen.String[0, 6]
         from value in Gen.String[0, 6]
         select (Entries: entries.DistinctBy(entry => entry.Name).ToArray(), key, value))
            .Sample(sample =>
            {
                Dictionary<string, string> metadata = new() { [Valid(sample.key)] = Valid(sample.value) };
                new SafetensorsFile(sample.Entries, metadata).Write(path);
                SafetensorsFile read = SafetensorsFile.Read(path);
                Assert.Equal(metadata, read.Metadata);
                Assert.Equal(sample.Entries.Length, read.Entries.Count);
                foreach (SafetensorsEntry entry in sample.Entries)
                {
                    SafetensorsEntry back = read.Find(entry.Name)!;
                    Assert.Equal(entry.Type, back.Type);
                    Assert.Equal(entry.Shape, back.Shape);
                    Assert.Equal(entry.Data.ToArray(), back.Data.ToArray());
                }
            }, iter: 50, threads: 1);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void ANumberIsNoType()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("number.safetensors");
        System.IO.File.WriteAllBytes(path, File("{\"a\":{\"dtype\":\"68\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4));

        WeightsException failure = Assert.Throws<WeightsException>(() => SafetensorsFile.Read(path));
        Assert.Contains("'68'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedFilesAreRefusedNotMisread()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("damaged.safetensors");
        byte[] whole = File(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},\"b\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[24,29]}}",
            29);
        (from position in Gen.Int[0, whole.Length - 1]
         from value in Gen.Byte
         from cut in Gen.Int[0, whole.Length]
         select (position, value, cut)).Sample(damage =>
            {
                byte[] bytes = whole.ToArray();
                bytes[damage.position] = damage.value;
                System.IO.File.WriteAllBytes(path, bytes[..damage.cut]);
                try
                {
                    SafetensorsFile read = SafetensorsFile.Read(path);
                    Assert.Equal(29, read.Entries.Sum(entry => entry.Data.Length));
                }
                catch (WeightsException)
                {
                }
            }, iter: 500, threads: 1);
    }

    [Theory]
    [InlineData("", 0, "too few")]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{\"a\":" + Tensor + "}", 7, "cut short")]
    [InlineData("{\"a\":" + Tensor + "}", 9, "1 bytes after the last tensor")]
    [InlineData("{\"a\":" + Tensor + ",\"a\":" + Tensor + "}", 8, "comes twice")]
    [InlineData("{\"a\":" + Tensor + ",\"b\":" + Tensor + "}", 8, "overlaps")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[1,9]}}", 9, "belong to no tensor")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "begin and end")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "takes 12 bytes")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "whole number")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", 8, "whole number")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}", 8, "too large")]
    [InlineData("{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "dtype 'C64'")]
    [InlineData("{\"a\":{\"dtype\":\"3\",\"shape\":[4],\"data_offsets\":[0,8]}}", 8, "dtype '3'")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "dtype, shape and data_offsets")]
    [InlineData("{\"__metadata__\":{\"x\":1}}", 0, "metadata 'x'")]
    [InlineData("{\"__metadata__\":{\"x\":{\"y\":{\"z\":{}}}}}", 0, "not")]
    public void InvalidHeadersSayWhatIsWrong(string json, int dataBytes, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("bad.safetensors");
        System.IO.File.WriteAllBytes(path, json.Length == 0 ? [] : File(json, dataBytes));

        WeightsException failure = Assert.Throws<WeightsException>(() => SafetensorsFile.Read(path));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHugeHeaderLengthAllocatesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("huge.safetensors");
        System.IO.File.WriteAllBytes(path, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)'{', (byte)'}']);

        Assert.Contains("does not fit", Assert.Throws<WeightsException>(() => SafetensorsFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Throws<WeightsException>(() => SafetensorsFile.Read(folder.Path));
        Assert.Throws<WeightsException>(() => SafetensorsFile.Read(folder.File("none")));
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("sub/new.safetensors");

        Assert.Throws<WeightsException>(() => new SafetensorsFile([]).Write(path));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void PythonReadsTheSameValues()
    {
        string python = OracleProgram.RequirePythonTorch();
        using TemporaryFolder folder = new();
        string path = folder.File("ours.safetensors");
        byte[] data = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40];
        new SafetensorsFile(
            [new("a.weight", SafetensorsType.F32, [2, 2], data), new("é\"", SafetensorsType.U8, [], new byte[] { 7 })],
            new Dictionary<string, string> { ["architecture"] = "recurrent" }).Write(path);

        string output = OracleProgram.Run(python, "-c", PythonReader, path);

        Assert.Equal("{'architecture': 'recurrent'} [[1.0, -2.0], [3.0, 4.0]] 7 0\n", output);
    }

    /// <summary>Python's safetensors where it is installed, else the format's description in numpy.</summary>
    private const string PythonReader = """
        import json, struct, sys
        import numpy as np
        path = sys.argv[1]
        raw = open(path, 'rb').read()
        n = struct.unpack('<Q', raw[:8])[0]
        header = json.loads(raw[8:8 + n])
        meta = header.pop('__metadata__')
        try:
            from safetensors.numpy import load_file
            t = load_file(path)
        except ImportError:
            types = dict(F32='<f4', U8='u1')
            t = {k: np.frombuffer(raw[8 + n:][slice(*v['data_offsets'])], types[v['dtype']]).reshape(v['shape']) for k, v in header.items()}
        print(meta, t['a.weight'].tolist(), int(t['é"']), (8 + n) % 8)
        """;

    /// <summary>Text that JSON can carry: no lone surrogates.</summary>
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] File(string json, int dataBytes)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
