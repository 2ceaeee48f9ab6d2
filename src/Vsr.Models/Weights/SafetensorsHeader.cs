using System.Text.Json;

namespace Vsr.Models;

/// <summary>The checked header of a safetensors file: where each tensor lies.</summary>
/// <remarks>
/// Format (huggingface/safetensors, "Format"): u64 little-endian header length, a JSON object of
/// <c>name: {dtype, shape, data_offsets: [begin, end]}</c> with an optional <c>__metadata__</c> of strings, then the data.
/// Offsets count from the data's start. As the reference, this reader refuses holes, overlaps and trailing bytes.
/// </remarks>
internal sealed class SafetensorsHeader
{
    public const int LengthBytes = 8;
    public const long MaximumBytes = 100_000_000;
    public const string MetadataKey = "__metadata__";

    private SafetensorsHeader(Dictionary<string, string> metadata, List<Slot> slots) => (Metadata, Slots) = (metadata, slots);

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<Slot> Slots { get; }

    /// <summary>Parses and checks a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataBytes">The bytes that follow the header in the file.</param>
    /// <exception cref="FormatException">The header is not valid; the message says why.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataBytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("the header is not a JSON object");
            }

            return Read(document.RootElement, dataBytes);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new FormatException($"the header is not valid JSON ({failure.Message})", failure);
        }
    }

    private static SafetensorsHeader Read(JsonElement root, long dataBytes)
    {
        Dictionary<string, string> metadata = [];
        List<Slot> slots = [];
        HashSet<string> names = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new FormatException($"the key '{property.Name}' comes twice");
            }

            if (property.Name == MetadataKey)
            {
                ReadMetadata(property.Value, metadata);
            }
            else
            {
                slots.Add(ReadSlot(property));
            }
        }

        slots.Sort((x, y) => (x.Begin, x.End).CompareTo((y.Begin, y.End)));
        CheckCoverage(slots, dataBytes);
        return new SafetensorsHeader(metadata, slots);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"'{MetadataKey}' is not an object");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String || !metadata.TryAdd(property.Name, property.Value.GetString()!))
            {
                throw new FormatException($"metadata '{property.Name}' is not one string");
            }
        }
    }

    private static Slot ReadSlot(JsonProperty property)
    {
        string name = property.Name;
        if (property.Value.ValueKind != JsonValueKind.Object || property.Value.EnumerateObject().Count() != 3)
        {
            throw new FormatException($"'{name}' is not an object of dtype, shape and data_offsets");
        }

        JsonElement dtype = Member(property.Value, name, "dtype", JsonValueKind.String);
        string text = dtype.GetString()!;
        if (!Enum.TryParse(text, out SafetensorsType type) || !Enum.IsDefined(type) || type.ToString() != text)
        {
            throw new FormatException(
                $"'{name}' has dtype '{text}'; read are {string.Join(", ", Enum.GetNames<SafetensorsType>())}");
        }

        long[] shape = Numbers(Member(property.Value, name, "shape", JsonValueKind.Array), name);
        long[] offsets = Numbers(Member(property.Value, name, "data_offsets", JsonValueKind.Array), name);
        if (offsets.Length != 2 || offsets[1] < offsets[0])
        {
            throw new FormatException($"'{name}' has data_offsets [{string.Join(", ", offsets)}]; they are begin and end");
        }

        long bytes = SafetensorsEntry.ElementSize(type);
        foreach (long side in shape)
        {
            bytes = side == 0 ? 0 : bytes > long.MaxValue / side
                ? throw new FormatException($"'{name}' has a shape [{string.Join(", ", shape)}] too large to exist") : bytes * side;
        }

        return bytes == offsets[1] - offsets[0]
            ? new Slot(name, type, shape, offsets[0], offsets[1])
            : throw new FormatException(
                $"'{name}' {text} [{string.Join(", ", shape)}] takes {bytes} bytes, but has {offsets[1] - offsets[0]}");
    }

    private static JsonElement Member(JsonElement slot, string name, string member, JsonValueKind kind) =>
        slot.TryGetProperty(member, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw new FormatException($"'{name}' has no valid {member}");

    private static long[] Numbers(JsonElement array, string name)
    {
        long[] numbers = new long[array.GetArrayLength()];
        int at = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out numbers[at]) || numbers[at] < 0)
            {
                throw new FormatException($"'{name}' has '{element}' where a whole number from 0 belongs");
            }

            at++;
        }

        return numbers;
    }

    private static void CheckCoverage(List<Slot> slots, long dataBytes)
    {
        long position = 0;
        foreach (Slot slot in slots)
        {
            if (slot.Begin != position)
            {
                throw new FormatException(slot.Begin < position
                    ? $"'{slot.Name}' overlaps the tensor before it"
                    : $"{slot.Begin - position} bytes before '{slot.Name}' belong to no tensor");
            }

            position = slot.End;
        }

        if (position != dataBytes)
        {
            throw new FormatException(position > dataBytes
                ? $"cut short: {dataBytes} bytes of data, the header asks for {position}"
                : $"{dataBytes - position} bytes after the last tensor");
        }
    }

    /// <summary>One tensor's place, counted from the data's start: bytes [Begin, End).</summary>
    internal sealed record Slot(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Begin, long End);
}
