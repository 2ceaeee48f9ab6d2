namespace Vsr.Video;

/// <summary>What tells one packet of a file from the others, to see where a seek landed.</summary>
internal readonly record struct PacketIdentity(long Pts, long Dts, long Position, int Size)
{
    public static PacketIdentity Of(in PacketEntry entry) => new(entry.Pts, entry.Dts, entry.Position, entry.Size);
}
