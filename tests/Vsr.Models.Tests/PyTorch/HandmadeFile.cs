using System.Buffers.Binary;
using Vsr.Models.PyTorch;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>PyTorch files put together from pickles.</summary>
internal static class HandmadeFile
{
    /// <summary>Where the pickle of the object begins in <see cref="Legacy"/>.</summary>
    public const int LegacyPickleOffset = 45;

    /// <summary>A legacy file around an object's pickle.</summary>
    public static byte[] Legacy(byte[] pickle, params (string Key, float[] Values)[] storages)
    {
        List<byte> bytes =
        [
            0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
            0x80, 2, (byte)'M', 0xE9, 0x03, (byte)'.',
            .. new PickleBuilder().Op("}").Text("little_endian").Raw(0x88).Op("s").End(),
        ];
        Assert.Equal(LegacyPickleOffset, bytes.Count);
        bytes.AddRange(pickle);
        PickleBuilder keys = new PickleBuilder().Op("](");
        foreach ((string key, _) in storages)
        {
            keys.Text(key);
        }

        bytes.AddRange(keys.Op("e").End());
        foreach ((_, float[] values) in storages)
        {
            bytes.AddRange(Bytes(values.Length));
            bytes.AddRange(Data(values));
        }

        return [.. bytes];
    }

    /// <summary>Little-endian float32.</summary>
    public static byte[] Data(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>Opens bytes as a file.</summary>
    public static PyTorchWeights Open(byte[] bytes) => PyTorchWeights.Open("made.pth", new MemoryByteSource(bytes));

    /// <summary>The message with which bytes are refused.</summary>
    public static string Refusal(byte[] bytes) => Assert.Throws<CheckpointException>(() =>
    {
        using PyTorchWeights file = Open(bytes);
        _ = TorchTensor.AllOf(file);
    }).Message;

    private static byte[] Bytes(long count)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, count);
        return bytes;
    }
}
