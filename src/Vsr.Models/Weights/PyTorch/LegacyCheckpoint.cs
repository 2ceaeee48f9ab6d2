using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Vsr.Models.PyTorch;

/// <summary>A file as torch.save wrote it up to PyTorch 1.5: five pickles in a row, then the storages.</summary>
/// <remarks>
/// Magic number, protocol version 1001, a dict about the machine, the object, the list of the storages' keys; then for each key
/// of the list a 64-bit count and the elements, little-endian. No checksum. Source: _legacy_load in torch/serialization.py.
/// </remarks>
internal static class LegacyCheckpoint
{
    private const long ProtocolVersion = 1001;
    private const int CountBytes = 8;

    private static readonly BigInteger MagicNumber = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Reads the object; storages get their places.</summary>
    /// <exception cref="FormatException">The file is damaged, or holds what is not allowed.</exception>
    public static object? Read(ByteSource source)
    {
        PickleInput input = new(source, 0);
        if (Unpickler.Read(input, PlainObjects.Instance) is not BigInteger magic || magic != MagicNumber)
        {
            throw new FormatException("is a pickle without PyTorch's magic number, so it was not written by torch.save");
        }

        if (Unpickler.Read(input, PlainObjects.Instance) is not ProtocolVersion)
        {
            throw new FormatException($"is of another protocol than PyTorch's {ProtocolVersion}");
        }

        RequireLittleEndian(Unpickler.Read(input, PlainObjects.Instance));
        TorchObjects objects = new(source.Length);
        object? root = Unpickler.Read(input, objects);
        object? keys = Unpickler.Read(input, PlainObjects.Instance);
        PlaceStorages(source, input.Position, keys, objects.Storages);
        return root;
    }

    private static void RequireLittleEndian(object? machine)
    {
        if (machine is not PickleDictionary dictionary || dictionary.Find("little_endian") is not bool isLittleEndian)
        {
            throw new FormatException("does not say in which order its bytes are");
        }

        if (!isLittleEndian)
        {
            throw new FormatException("is big-endian; load and save it with PyTorch on a usual machine");
        }
    }

    private static void PlaceStorages(ByteSource source, long offset, object? keys, IReadOnlyDictionary<string, PyTorchStorage> storages)
    {
        if (keys is not PickleList list || list.Items.Count != storages.Count)
        {
            throw new FormatException($"does not list the {storages.Count} storages that its tensors name");
        }

        Span<byte> count = stackalloc byte[CountBytes];
        foreach (object? item in list.Items)
        {
            string key = PickleText.Of(item, "a storage's key");
            if (!storages.TryGetValue(key, out PyTorchStorage? storage) || storage.Offset >= 0)
            {
                throw new FormatException($"lists the storage {PickleText.Quote(key)}, which {(storage is null ? "no tensor names" : "it listed before")}");
            }

            source.Read(offset, count);
            if (BinaryPrimitives.ReadInt64LittleEndian(count) is var elements && elements != storage.Count)
            {
                throw new FormatException($"has {elements} elements in the storage {PickleText.Quote(key)}, not {storage.Count} (at offset {offset})");
            }

            storage.Offset = offset + CountBytes;
            offset = storage.Offset + storage.Bytes;
            if (offset > source.Length)
            {
                throw new FormatException($"is cut short: the storage {PickleText.Quote(key)} ends at {offset}, the file at {source.Length}");
            }
        }

        if (offset != source.Length)
        {
            throw new FormatException($"has {source.Length - offset} bytes after the last storage");
        }
    }
}
