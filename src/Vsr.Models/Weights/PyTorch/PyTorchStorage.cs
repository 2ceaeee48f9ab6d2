namespace Vsr.Models.PyTorch;

/// <summary>A storage: elements of one type in a row, somewhere in the file.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">The element type.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record PyTorchStorage(string Key, SafetensorsType Type, long Count)
{
    /// <summary>The bytes of all elements.</summary>
    public long Bytes => Count * SafetensorsEntry.ElementSize(Type);

    /// <summary>Where the first element is in the file; -1 until it is found.</summary>
    public long Offset { get; set; } = -1;

    /// <summary>The bytes' CRC-32 that the file gives and that was not compared yet.</summary>
    public uint? Crc { get; set; }
}
