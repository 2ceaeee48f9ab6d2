using System.Globalization;

namespace Vsr.Models.PyTorch;

/// <summary>A file as torch.save writes it since PyTorch 1.6: a zip file of data.pkl, data/KEY for each storage, byteorder and version.</summary>
/// <remarks>Source: _load in torch/serialization.py and caffe2/serialize. Every file in it has a CRC-32, which is compared.</remarks>
internal static class ZipCheckpoint
{
    private const string PickleName = "data.pkl";
    private const int NoteBytes = 64;
    private const int ChunkBytes = 1 << 20;
    private const int MostVersion = 100;

    /// <summary>Reads the object; storages get their places and checksums (<see cref="Verify"/>).</summary>
    /// <exception cref="FormatException">The file is damaged, or holds what is not allowed.</exception>
    public static object? Read(ByteSource source)
    {
        IReadOnlyDictionary<string, ZipRecord> records = ZipDirectory.Read(source);
        string folder = FindFolder(records);
        if (records.ContainsKey($"{folder}constants.pkl"))
        {
            throw new FormatException("is a TorchScript archive, which holds a program; save its state_dict() with torch.save");
        }

        CheckNotes(source, records, folder);
        ZipRecord pickle = records[folder + PickleName];
        if (pickle.Bytes > PickleLimits.Bytes)
        {
            throw new FormatException($"has a {PickleName} of {pickle.Bytes} bytes; at most {PickleLimits.Bytes} are read");
        }

        MemoryByteSource bytes = new(ReadWhole(source, pickle));
        TorchObjects objects = new(source.Length);
        PickleInput input = new(bytes, 0, PickleText.Printable(pickle.Name));
        object? root = Unpickler.Read(input, objects);
        if (input.Position != bytes.Length)
        {
            throw new FormatException($"has {bytes.Length - input.Position} bytes after the end in {PickleName}");
        }

        PlaceStorages(records, $"{folder}data/", objects.Storages);
        return root;
    }

    /// <summary>Compares a storage's checksum, once.</summary>
    /// <exception cref="FormatException">The data are damaged.</exception>
    public static void Verify(ByteSource source, PyTorchStorage storage)
    {
        if (storage.Crc is not { } expected)
        {
            return;
        }

        byte[] chunk = GC.AllocateUninitializedArray<byte>((int)Math.Min(ChunkBytes, storage.Bytes));
        uint crc = 0;
        for (long at = 0; at < storage.Bytes; at += chunk.Length)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, storage.Bytes - at));
            source.Read(storage.Offset + at, part);
            crc = Crc32.Append(crc, part);
        }

        storage.Crc = crc == expected
            ? null
            : throw new FormatException($"has damaged data in the storage {PickleText.Quote(storage.Key)}: checksum {crc:x8}, not {expected:x8}");
    }

    // All files lie in one folder, which torch.save names as it likes.
    private static string FindFolder(IReadOnlyDictionary<string, ZipRecord> records)
    {
        string[] pickles = [.. records.Keys.Where(name => name == PickleName || (name.EndsWith($"/{PickleName}", StringComparison.Ordinal)
            && name.IndexOf('/', StringComparison.Ordinal) == name.Length - PickleName.Length - 1))];
        return pickles.Length == 1
            ? pickles[0][..^PickleName.Length]
            : throw new FormatException($"is a zip file with {pickles.Length} {PickleName}; torch.save writes one");
    }

    private static void CheckNotes(ByteSource source, IReadOnlyDictionary<string, ZipRecord> records, string folder)
    {
        if (Note("byteorder") is { } order && order != "little")
        {
            throw new FormatException($"has the byte order {PickleText.Quote(order)}; read is little, so load and save it with PyTorch on a usual machine");
        }

        if (Note("version") is { } version
            && !(int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= MostVersion))
        {
            throw new FormatException($"has the format version {PickleText.Quote(version)}");
        }

        string? Note(string name)
        {
            if (!records.TryGetValue(folder + name, out ZipRecord? record))
            {
                return null;
            }

            return record.Bytes <= NoteBytes
                ? PickleText.Decode(ReadWhole(source, record)).Trim()
                : throw new FormatException($"has a note {name} of {record.Bytes} bytes");
        }
    }

    private static byte[] ReadWhole(ByteSource source, ZipRecord record)
    {
        byte[] bytes = new byte[record.Bytes];
        source.Read(record.Offset, bytes);
        return Crc32.Append(0, bytes) is var crc && crc == record.Crc
            ? bytes
            : throw new FormatException($"has a damaged {PickleText.Quote(record.Name)}: checksum {crc:x8}, not {record.Crc:x8}");
    }

    private static void PlaceStorages(
        IReadOnlyDictionary<string, ZipRecord> records, string folder, IReadOnlyDictionary<string, PyTorchStorage> storages)
    {
        foreach (PyTorchStorage storage in storages.Values)
        {
            if (!records.TryGetValue(folder + storage.Key, out ZipRecord? record) || record.Bytes != storage.Bytes)
            {
                throw new FormatException($"has {record?.Bytes ?? 0} bytes for the storage {PickleText.Quote(storage.Key)}, which takes {storage.Bytes}");
            }

            (storage.Offset, storage.Crc) = (record.Offset, record.Crc);
        }

        if (records.Keys.FirstOrDefault(name => name.StartsWith(folder, StringComparison.Ordinal) && !storages.ContainsKey(name[folder.Length..])) is { } stray)
        {
            throw new FormatException($"has a {PickleText.Quote(stray)}, which no tensor names");
        }
    }
}
