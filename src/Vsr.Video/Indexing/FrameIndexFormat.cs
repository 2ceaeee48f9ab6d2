using System.IO.Hashing;
using System.Text;

namespace Vsr.Video;

/// <summary>The bytes of a cached index: magic, version, key, packets, frames, hashes, warnings, and a checksum of all.</summary>
internal static class FrameIndexFormat
{
    private const int Version = 3;
    private const int ChecksumBytes = 8;
    private static readonly byte[] Magic = "VSRINDEX"u8.ToArray();

    /// <summary>Writes an index.</summary>
    public static byte[] Write(FrameIndexKey key, FrameIndex index)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        WriteKey(writer, key);
        writer.Write(index.PacketCount);
        foreach (PacketEntry packet in index.Packets)
        {
            writer.Write(packet.Pts);
            writer.Write(packet.Dts);
            writer.Write(packet.Duration);
            writer.Write(packet.Position);
            writer.Write(packet.Size);
            writer.Write((byte)packet.Kinds);
        }

        writer.Write(index.FrameCount);
        foreach (int packet in index.PacketOfFrame)
        {
            writer.Write(packet);
        }

        writer.Write(index.Hashes is not null);
        foreach (ulong hash in index.Hashes ?? [])
        {
            writer.Write(hash);
        }

        writer.Write(index.Warnings.Count);
        foreach (string warning in index.Warnings)
        {
            writer.Write(warning);
        }

        writer.Flush();
        writer.Write(XxHash64.HashToUInt64(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads an index; null where the bytes are damaged, of another version, or of another key.</summary>
    public static FrameIndex? Read(byte[] bytes, FrameIndexKey key)
    {
        int length = bytes.Length - ChecksumBytes;
        if (length < Magic.Length || !bytes.AsSpan().StartsWith(Magic)
            || XxHash64.HashToUInt64(bytes.AsSpan(0, length)) != BitConverter.ToUInt64(bytes, length))
        {
            return null;
        }

        using BinaryReader reader = new(new MemoryStream(bytes, Magic.Length, length - Magic.Length), Encoding.UTF8);
        return reader.ReadInt32() == Version && ReadKey(reader) == key ? ReadIndex(reader) : null;
    }

    private static FrameIndex ReadIndex(BinaryReader reader)
    {
        var packets = new PacketEntry[reader.ReadInt32()];
        for (int i = 0; i < packets.Length; i++)
        {
            packets[i] = new PacketEntry(
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt32(),
                (PacketKinds)reader.ReadByte());
        }

        int[] frames = new int[reader.ReadInt32()];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = reader.ReadInt32();
        }

        ulong[]? hashes = reader.ReadBoolean() ? new ulong[frames.Length] : null;
        for (int i = 0; i < (hashes?.Length ?? 0); i++)
        {
            hashes![i] = reader.ReadUInt64();
        }

        string[] warnings = new string[reader.ReadInt32()];
        for (int i = 0; i < warnings.Length; i++)
        {
            warnings[i] = reader.ReadString();
        }

        return new FrameIndex(packets, frames, hashes, warnings);
    }

    private static void WriteKey(BinaryWriter writer, FrameIndexKey key)
    {
        writer.Write(key.Path);
        writer.Write(key.Size);
        writer.Write(key.ModifiedTicks);
        writer.Write(key.Stream);
        writer.Write(key.FFmpegVersion);
    }

    private static FrameIndexKey ReadKey(BinaryReader reader) => new(
        reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadString());
}
