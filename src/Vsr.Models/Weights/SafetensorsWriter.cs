using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vsr.Models;

/// <summary>Writes safetensors files, one tensor after the other.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes the file under a temporary name in the same folder, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="entries">The tensors, in the order in which they are written.</param>
    /// <param name="metadata">Text by name.</param>
    /// <param name="writeData">Writes the bytes of the tensor of a number.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <exception cref="WeightsException">The file cannot be written; what was under the name is unchanged.</exception>
    public static void Write(
        string path,
        IReadOnlyList<WeightsEntry> entries,
        IReadOnlyDictionary<string, string> metadata,
        Action<Stream, int> writeData,
        CancellationToken cancellation = default)
    {
        if (entries.Any(entry => entry.Name == SafetensorsHeader.MetadataKey))
        {
            throw new WeightsException(path, $"a tensor named '{SafetensorsHeader.MetadataKey}' cannot be stored as safetensors");
        }

        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            WriteWhole(temporary, BuildHeader(entries, metadata), entries.Count, writeData, cancellation);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure)
        {
            Remove(temporary);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new WeightsException(path, $"cannot be written ({failure.Message})", failure);
            }

            throw;
        }
    }

    private static void WriteWhole(
        string path, byte[] header, int count, Action<Stream, int> writeData, CancellationToken cancellation)
    {
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            writeData(stream, i);
        }

        stream.Flush(flushToDisk: true);
    }

    // The failure that led here is the one to report.
    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>The header, padded with spaces so that the data starts at a multiple of 8.</summary>
    private static byte[] BuildHeader(IReadOnlyList<WeightsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (WeightsEntry entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type.ToString());
                WriteNumbers(json, "shape", entry.Shape);
                WriteNumbers(json, "data_offsets", [offset, offset + entry.Bytes]);
                json.WriteEndObject();
                offset += entry.Bytes;
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
}
