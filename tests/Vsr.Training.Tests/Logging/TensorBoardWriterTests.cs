using System.Buffers.Binary;
using System.Text;
using Vsr.Training.Logging;

namespace Vsr.Training.Tests.Logging;

/// <summary>Reads the event file back with a parser written from the format's description, bit by bit.</summary>
public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly Vsr.Tests.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheChecksumIsTheOneOfRfc3720()
    {
        Assert.Equal(0xe3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8a9136aau, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x46dd794eu, Crc32C.Compute(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
    }

    [Fact]
    public void RecordsAreFramedAndTheChecksumsHold()
    {
        string path;
        using (TensorBoardWriter writer = new(_folder.Path))
        {
            path = writer.Path;
            writer.Scalar("train/loss", 300, 0.25);
            writer.Text("config", "a **run**");
        }

        List<byte[]> records = ReadRecords(File.ReadAllBytes(path));

        Assert.Equal(3, records.Count);
        Dictionary<int, object> version = Fields(records[0]);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString((byte[])version[3]));
        Assert.InRange((double)version[1], 1.6e9, 1e11);
        Dictionary<int, object> scalar = Fields(records[1]);
        Assert.Equal(300UL, scalar[2]);
        Dictionary<int, object> value = Fields((byte[])Fields((byte[])scalar[5])[1]);
        Assert.Equal("train/loss", Encoding.UTF8.GetString((byte[])value[1]));
        Assert.Equal(0.25f, value[2]);
        Dictionary<int, object> text = Fields((byte[])Fields((byte[])Fields(records[2])[5])[1]);
        Assert.Equal("a **run**", Encoding.UTF8.GetString((byte[])Fields((byte[])text[8])[8]));
        Assert.Equal("text", Encoding.UTF8.GetString((byte[])Fields((byte[])Fields((byte[])text[9])[1])[1]));
    }

    [Fact]
    public void TwoWritersInTheSameSecondHaveTheirOwnFiles()
    {
        using TensorBoardWriter first = new(_folder.Path);
        using TensorBoardWriter second = new(_folder.Path);

        Assert.NotEqual(first.Path, second.Path);
    }

    private static List<byte[]> ReadRecords(ReadOnlySpan<byte> file)
    {
        List<byte[]> records = [];
        while (file.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
            Assert.Equal(BitwiseMaskedCrc(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            ReadOnlySpan<byte> payload = file.Slice(12, length);
            Assert.Equal(BitwiseMaskedCrc(payload), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]));
            records.Add(payload.ToArray());
            file = file[(16 + length)..];
        }

        return records;
    }

    private static uint BitwiseMaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82f63b78u : crc >> 1;
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }

    private static Dictionary<int, object> Fields(ReadOnlySpan<byte> message)
    {
        Dictionary<int, object> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields[field] = Varint(message, ref at);
                    break;
                case 1:
                    fields[field] = BinaryPrimitives.ReadDoubleLittleEndian(message[at..]);
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    fields[field] = message.Slice(at, length).ToArray();
                    at += length;
                    break;
                default:
                    fields[field] = BinaryPrimitives.ReadSingleLittleEndian(message[at..]);
                    at += 4;
                    break;
            }
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
