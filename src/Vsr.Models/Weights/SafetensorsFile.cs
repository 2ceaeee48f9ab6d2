using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vsr.Models;

/// <summary>Named tensors and text metadata in a file of the safetensors format: no code runs when it is read.</summary>
/// <remarks>Interchangeable with Python's <c>safetensors</c>. The reader checks every length and offset before it allocates.</remarks>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsEntry> _byName;

    /// <summary>Collects tensors and metadata to write.</summary>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public SafetensorsFile(IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        Entries = entries.ToArray();
        Metadata = metadata ?? new Dictionary<string, string>();
        _byName = Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Text by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a name; null when there is none.</summary>
    public SafetensorsEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable or not a valid safetensors file.</exception>
    public static SafetensorsFile Read(string path) => Open(path, stream =>
    {
        SafetensorsHeader header = ReadHeader(stream);
        List<SafetensorsEntry> entries = [];
        foreach (SafetensorsHeader.Slot slot in header.Slots)
        {
            long bytes = slot.End - slot.Begin;
            if (bytes > Array.MaxLength)
            {
                throw new FormatException($"'{slot.Name}' has {bytes} bytes; at most {Array.MaxLength} are read");
            }

            byte[] data = GC.AllocateUninitializedArray<byte>((int)bytes);
            stream.ReadExactly(data);
            entries.Add(new SafetensorsEntry(slot.Name, slot.Type, slot.Shape, data));
        }

        return new SafetensorsFile(entries, header.Metadata);
    });

    /// <summary>Reads the metadata only, after checking the whole header.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable or not a valid safetensors file.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        Open(path, stream => ReadHeader(stream).Metadata);

    /// <summary>Writes the file under a temporary name in the same folder, flushes it to the disk and renames it.</summary>
    /// <exception cref="WeightsException">The file cannot be written; what was under the name is unchanged.</exception>
    public void Write(string path)
    {
        byte[] header = BuildHeader();
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                stream.Write(length);
                stream.Write(header);
                foreach (SafetensorsEntry entry in Entries)
                {
                    stream.Write(entry.Data.Span);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw new WeightsException(path, $"cannot be written ({failure.Message})", failure);
        }
    }

    /// <summary>The header, padded with spaces so that the data starts at a multiple of 8.</summary>
    private byte[] BuildHeader()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (SafetensorsEntry entry in Entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type.ToString());
                WriteNumbers(json, "shape", entry.Shape);
                WriteNumbers(json, "data_offsets", [offset, offset + entry.Data.Length]);
                json.WriteEndObject();
                offset += entry.Data.Length;
            }

            json.WriteEndObject();
        }

        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', (int)(-buffer.Length & 7))));
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static SafetensorsHeader ReadHeader(FileStream stream)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.LengthBytes];
        if (stream.Length < prefix.Length)
        {
            throw new FormatException($"{stream.Length} bytes are too few for a safetensors file");
        }

        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long rest = stream.Length - prefix.Length;
        if (length > (ulong)Math.Min(rest, SafetensorsHeader.MaximumBytes))
        {
            throw new FormatException($"a header of {length} bytes does not fit; this is no safetensors file, or it is cut short");
        }

        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, rest - json.Length);
    }

    private static T Open<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            return read(stream);
        }
        catch (FormatException failure)
        {
            throw new WeightsException(path, failure.Message, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException(path, $"cannot be read ({failure.Message})", failure);
        }
    }
}
