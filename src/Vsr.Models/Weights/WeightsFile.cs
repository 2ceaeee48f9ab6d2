using Vsr.Models.PyTorch;

namespace Vsr.Models;

/// <summary>A file of named tensors, safetensors or PyTorch's: what is in it is known at once, the data are read when asked for.</summary>
/// <remarks>
/// No code of a file ever runs. PyTorch files are read by a program of a few opcodes and classes (docs/checkpoints.md); of a
/// checkpoint the state dictionary counts, and "module." before all names is left out. Not thread-safe.
/// </remarks>
public abstract class WeightsFile : IDisposable
{
    private readonly Dictionary<string, int> _byName;

    private protected WeightsFile(
        string path, WeightsFormat format, IReadOnlyList<WeightsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        (Path, Format, Entries, Metadata) = (path, format, entries, metadata);
        _byName = entries.Select((entry, i) => KeyValuePair.Create(entry.Name, i)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its format.</summary>
    public WeightsFormat Format { get; }

    /// <summary>The tensors.</summary>
    public IReadOnlyList<WeightsEntry> Entries { get; }

    /// <summary>Text by name: a safetensors file's metadata; of a PyTorch file its plain values as "checkpoint.NAME", and the architecture where the names tell it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file; its first bytes tell the format.</summary>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="WeightsException">It is missing, unreadable or a damaged safetensors file.</exception>
    /// <exception cref="CheckpointException">It is a PyTorch file that is damaged or holds what is not allowed.</exception>
    public static WeightsFile Open(string path) =>
        PyTorchFormat.Recognizes(path) ? PyTorchWeights.OpenFile(path) : SafetensorsWeights.OpenFile(path);

    /// <summary>The tensor of a name; null when there is none.</summary>
    public WeightsEntry? Find(string name) => _byName.TryGetValue(name, out int index) ? Entries[index] : null;

    /// <summary>Reads a tensor's data into memory of the caller's.</summary>
    /// <param name="name">A name that is in the file.</param>
    /// <param name="destination">Takes the elements, row-major and little-endian; as long as the entry's <see cref="WeightsEntry.Bytes"/>.</param>
    /// <exception cref="ArgumentException">There is no such tensor, or the length is another.</exception>
    /// <exception cref="VsrException">The data cannot be read or are damaged: the same types as <see cref="Open"/>.</exception>
    public void CopyTo(string name, Span<byte> destination)
    {
        if (!_byName.TryGetValue(name, out int index))
        {
            throw new ArgumentException($"'{name}' is not in {Path}", nameof(name));
        }

        if (destination.Length != Entries[index].Bytes)
        {
            throw new ArgumentException($"'{name}' has {Entries[index].Bytes} bytes, not {destination.Length}", nameof(destination));
        }

        try
        {
            ReadData(index, destination);
        }
        catch (FormatException failure)
        {
            throw Wrong(failure.Message, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"cannot be read ({failure.Message})", failure);
        }
    }

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="ArgumentException">There is no such tensor.</exception>
    /// <exception cref="VsrException">As <see cref="CopyTo"/>, or the tensor has over 2 GiB.</exception>
    public SafetensorsEntry Read(string name)
    {
        WeightsEntry entry = Find(name) ?? throw new ArgumentException($"'{name}' is not in {Path}", nameof(name));
        if (entry.Bytes > Array.MaxLength)
        {
            throw Wrong($"'{name}' has {entry.Bytes} bytes; at most {Array.MaxLength} are read");
        }

        byte[] data = GC.AllocateUninitializedArray<byte>((int)entry.Bytes);
        CopyTo(name, data);
        return new SafetensorsEntry(name, entry.Type, entry.Shape, data);
    }

    /// <summary>Writes all tensors and the metadata as safetensors, one tensor in memory at a time.</summary>
    /// <param name="path">The file to write, under a temporary name until it is whole; replaced when it exists. It may be this file.</param>
    /// <param name="asFloat16">Whether float64, float32 and bfloat16 are rounded to float16; other types stay.</param>
    /// <param name="cancellation">Ends it early; nothing is left behind.</param>
    /// <exception cref="WeightsException">The file cannot be written; what was under the name is unchanged.</exception>
    /// <exception cref="VsrException">As <see cref="Read"/>, or a value is too large for float16.</exception>
    public void SaveAsSafetensors(string path, bool asFloat16 = false, CancellationToken cancellation = default)
    {
        Dictionary<string, string> metadata = new(Metadata) { ["format"] = "pt" };
        WeightsEntry[] stored = [.. Entries.Select(entry => IsRounded(entry) ? entry with { Type = SafetensorsType.F16 } : entry)];
        SafetensorsWriter.Write(path, stored, metadata, (stream, i) => stream.Write(Data(Entries[i])), cancellation);

        bool IsRounded(WeightsEntry entry) => asFloat16 && Float16Data.IsRounded(entry.Type);

        ReadOnlySpan<byte> Data(WeightsEntry entry)
        {
            SafetensorsEntry read = Read(entry.Name);
            try
            {
                return IsRounded(entry) ? Float16Data.Of(read) : read.Data.Span;
            }
            catch (OverflowException failure)
            {
                throw Wrong(failure.Message, failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Reads a tensor's data; the length is checked.</summary>
    private protected abstract void ReadData(int index, Span<byte> destination);

    /// <summary>The exception of the file's format.</summary>
    private protected abstract VsrException Wrong(string reason, Exception? innerException = null);
}
