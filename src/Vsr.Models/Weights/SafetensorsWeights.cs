using System.Buffers.Binary;

namespace Vsr.Models;

/// <summary>A safetensors file, read tensor by tensor.</summary>
internal sealed class SafetensorsWeights : WeightsFile
{
    private readonly ByteSource _source;
    private readonly IReadOnlyList<SafetensorsHeader.Slot> _slots;
    private readonly long _dataStart;

    private SafetensorsWeights(string path, ByteSource source, SafetensorsHeader header, long dataStart)
        : base(
            path, WeightsFormat.Safetensors, [.. header.Slots.Select(slot => new WeightsEntry(slot.Name, slot.Type, slot.Shape))], header.Metadata) =>
        (_source, _slots, _dataStart) = (source, header.Slots, dataStart);

    /// <summary>Reads and checks the header.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable or not a valid safetensors file.</exception>
    public static SafetensorsWeights OpenFile(string path)
    {
        ByteSource? source = null;
        try
        {
            source = new FileByteSource(path);
            (SafetensorsHeader header, long dataStart) = ReadHeader(source);
            return new SafetensorsWeights(path, source, header, dataStart);
        }
        catch (FormatException failure)
        {
            source?.Dispose();
            throw new WeightsException(path, failure.Message, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            source?.Dispose();
            throw new WeightsException(path, $"cannot be read ({failure.Message})", failure);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _source.Dispose();

    private protected override void ReadData(int index, Span<byte> destination) => _source.Read(_dataStart + _slots[index].Begin, destination);

    private protected override VsrException Wrong(string reason, Exception? innerException = null) =>
        new WeightsException(Path, reason, innerException);

    private static (SafetensorsHeader Header, long DataStart) ReadHeader(ByteSource source)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.LengthBytes];
        if (source.Length < prefix.Length)
        {
            throw new FormatException($"{source.Length} bytes are too few for a safetensors file");
        }

        source.Read(0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long rest = source.Length - prefix.Length;
        if (length > (ulong)Math.Min(rest, SafetensorsHeader.MaximumBytes))
        {
            throw new FormatException($"a header of {length} bytes does not fit; this is no safetensors file, or it is cut short");
        }

        byte[] json = new byte[length];
        source.Read(prefix.Length, json);
        return (SafetensorsHeader.Parse(json, rest - json.Length), prefix.Length + json.Length);
    }
}
