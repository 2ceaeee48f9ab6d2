using System.Buffers.Binary;

namespace Vsr.Models.PyTorch;

/// <summary>Reads a pickle's bytes one after the other, and says where it is.</summary>
/// <param name="source">Where the bytes are.</param>
/// <param name="position">The offset of the first.</param>
/// <param name="name">What the bytes are a part of, for messages; null for the file itself.</param>
internal sealed class PickleInput(ByteSource source, long position, string? name = null)
{
    private const int BufferBytes = 4096;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _at;
    private int _filled;
    private long _end = source.Length;

    /// <summary>The offset of the next byte.</summary>
    public long Position => position + _at;

    /// <summary>Starts a new pickle at the present position: it may be <see cref="PickleLimits.Bytes"/> long.</summary>
    public void Begin() => _end = Math.Min(source.Length, Position + PickleLimits.Bytes);

    /// <summary>Where an offset is, in words.</summary>
    public string Place(long offset) => name is null ? $"offset {offset}" : $"offset {offset} of {name}";

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double ReadDoubleBigEndian() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Reads so many bytes after checking that they are there and within the limit.</summary>
    public byte[] ReadBytes(uint count, int most)
    {
        long start = Position;
        if (count > most)
        {
            throw new FormatException($"{count} bytes for one value at {Place(start)}; at most {most} are read");
        }

        if (count <= BufferBytes)
        {
            return Take((int)count).ToArray();
        }

        RequireRest(count);
        byte[] bytes = new byte[count];
        source.Read(start, bytes);
        position = start + count;
        (_at, _filled) = (0, 0);
        return bytes;
    }

    /// <summary>Reads to the next line feed, which is left out.</summary>
    public byte[] ReadLine()
    {
        long start = Position;
        byte[] line = new byte[64];
        for (int length = 0; length <= PickleLimits.LineBytes; length++)
        {
            byte next = ReadByte();
            if (next == '\n')
            {
                return line[..length];
            }

            if (length == line.Length)
            {
                Array.Resize(ref line, 2 * length);
            }

            line[length] = next;
        }

        throw new FormatException($"a line of over {PickleLimits.LineBytes} bytes at {Place(start)}");
    }

    /// <summary>Checks the length that a frame announces; frames mean nothing else here.</summary>
    public void RequireRest(ulong count)
    {
        if (count > (ulong)(_end - Position))
        {
            throw new FormatException(_end < source.Length
                ? $"a pickle of over {PickleLimits.Bytes} bytes at {Place(Position)}"
                : $"cut short: {count} bytes are wanted at {Place(Position)}, the end is at {_end}");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _filled - _at || Position + count > _end)
        {
            RequireRest((ulong)count);
            position += _at;
            _at = 0;
            _filled = (int)Math.Min(BufferBytes, source.Length - position);
            source.Read(position, _buffer.AsSpan(0, _filled));
        }

        _at += count;
        return _buffer.AsSpan(_at - count, count);
    }
}
