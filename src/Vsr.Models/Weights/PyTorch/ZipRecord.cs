namespace Vsr.Models.PyTorch;

/// <summary>A stored file within a zip file.</summary>
/// <param name="Name">Its path.</param>
/// <param name="HeaderOffset">Where its local header begins.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Crc">Its CRC-32.</param>
internal sealed record ZipRecord(string Name, long HeaderOffset, long Bytes, uint Crc)
{
    /// <summary>Where its data begin.</summary>
    public long Offset { get; init; }
}
