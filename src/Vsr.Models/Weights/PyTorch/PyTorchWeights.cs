namespace Vsr.Models.PyTorch;

/// <summary>A file of torch.save, legacy or zip: its state dictionary's tensors, read one by one.</summary>
internal sealed class PyTorchWeights : WeightsFile
{
    // Views may share and repeat elements, so a small file can stand for large tensors, or for much to read: within reason.
    private const long AlwaysAllowedBytes = 64 << 20;
    private const int MostRepetition = 16;
    private const string ValuePrefix = "checkpoint.";

    private readonly ByteSource _source;
    private readonly IReadOnlyList<KeyValuePair<string, PyTorchTensor>> _tensors;

    private PyTorchWeights(string path, ByteSource source, WeightsFormat format, StateDictionary state, IReadOnlyList<WeightsEntry> entries)
        : base(path, format, entries, Describe(state, entries)) => (_source, _tensors) = (source, state.Tensors);

    /// <summary>Reads everything but the tensors' data, which are read when they are asked for.</summary>
    /// <exception cref="CheckpointException">The file cannot be read, is damaged or holds what is not allowed.</exception>
    public static PyTorchWeights OpenFile(string path)
    {
        try
        {
            return Open(path, new FileByteSource(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read ({failure.Message})", failure);
        }
    }

    /// <summary>As <see cref="OpenFile"/>, of bytes wherever they are; disposes them.</summary>
    public static PyTorchWeights Open(string path, ByteSource source)
    {
        try
        {
            return Read(path, source);
        }
        catch (FormatException failure)
        {
            source.Dispose();
            throw new CheckpointException(path, failure.Message, failure)
            {
                Hint = "read are dicts of tensors, as torch.save(network.state_dict(), FILE) writes them",
            };
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _source.Dispose();

    private protected override void ReadData(int index, Span<byte> destination)
    {
        PyTorchTensor tensor = _tensors[index].Value;
        ZipCheckpoint.Verify(_source, tensor.Storage);
        TensorBytes.Read(_source, tensor, destination);
    }

    private protected override VsrException Wrong(string reason, Exception? innerException = null) =>
        new CheckpointException(Path, reason, innerException);

    private static PyTorchWeights Read(string path, ByteSource source)
    {
        WeightsFormat format = PyTorchFormat.Find(source) ?? throw new FormatException("is no PyTorch file: neither a zip file nor a pickle");
        StateDictionary state = StateDictionary.Of(
            format == WeightsFormat.PyTorchZip ? ZipCheckpoint.Read(source) : LegacyCheckpoint.Read(source));
        RequireReasonable(state, Math.Max(AlwaysAllowedBytes, MostRepetition * source.Length));
        WeightsEntry[] entries = [.. state.Tensors.Select(pair => new WeightsEntry(pair.Key, pair.Value.Storage.Type, pair.Value.Shape))];
        return new PyTorchWeights(path, source, format, state, entries);
    }

    private static void RequireReasonable(StateDictionary state, long most)
    {
        long rest = most;
        foreach ((string name, PyTorchTensor tensor) in state.Tensors)
        {
            rest -= Math.Min(tensor.Cost, most + 1);
            if (rest < 0)
            {
                throw new FormatException($"repeats its elements to over {most} bytes of tensors (up to {PickleText.Quote(name)})");
            }
        }
    }

    private static Dictionary<string, string> Describe(StateDictionary state, IReadOnlyList<WeightsEntry> entries)
    {
        Dictionary<string, string> metadata = state.Values.ToDictionary(pair => ValuePrefix + pair.Key, pair => pair.Value);
        if (KnownWeights.Recognize(entries) is { } architecture)
        {
            metadata[NetworkWeights.ArchitectureKey] = architecture;
        }

        return metadata;
    }
}
