namespace Vsr.Video;

/// <summary>What a scanner reads from a packet's coded data without decoding it.</summary>
/// <param name="Kinds">Key frame and start of decoding.</param>
/// <param name="Frames">How many pictures the packet shows when the whole file is decoded: 0 or 1.</param>
/// <param name="Order">The picture order count, where the codec has one; it starts anew at each closed start.</param>
/// <param name="Doubt">Why the packet does not tell which frames come out; null when it does.</param>
/// <param name="IsDamage">Whether the doubt means that the file is damaged.</param>
internal readonly record struct PacketScan(
    PacketKinds Kinds, int Frames, int Order = 0, string? Doubt = null, bool IsDamage = false)
{
    public static PacketScan Damaged(string what) => new(PacketKinds.None, 0, 0, what, true);

    public static PacketScan Doubtful(PacketKinds kinds, string why) => new(kinds, 0, 0, why);
}
