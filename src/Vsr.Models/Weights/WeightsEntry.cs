namespace Vsr.Models;

/// <summary>One named tensor of a weights file, without its data.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The sides; empty for a scalar.</param>
public sealed record WeightsEntry(string Name, SafetensorsType Type, IReadOnlyList<long> Shape)
{
    /// <summary>The number of elements.</summary>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (count, side) => checked(count * side));

    /// <summary>The bytes of all elements.</summary>
    public long Bytes => checked(Count * SafetensorsEntry.ElementSize(Type));
}
