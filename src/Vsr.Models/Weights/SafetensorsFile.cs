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
    public static SafetensorsFile Read(string path)
    {
        using SafetensorsWeights file = SafetensorsWeights.OpenFile(path);
        return new SafetensorsFile(file.Entries.Select(entry => file.Read(entry.Name)), file.Metadata);
    }

    /// <summary>Reads the metadata only, after checking the whole header.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable or not a valid safetensors file.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using SafetensorsWeights file = SafetensorsWeights.OpenFile(path);
        return file.Metadata;
    }

    /// <summary>Writes the file under a temporary name in the same folder, flushes it to the disk and renames it.</summary>
    /// <exception cref="WeightsException">The file cannot be written; what was under the name is unchanged.</exception>
    public void Write(string path) => SafetensorsWriter.Write(
        path,
        [.. Entries.Select(entry => new WeightsEntry(entry.Name, entry.Type, entry.Shape))],
        Metadata,
        (stream, i) => stream.Write(Entries[i].Data.Span));
}
