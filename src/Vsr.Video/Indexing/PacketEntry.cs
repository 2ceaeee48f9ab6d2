using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>What the index keeps of one packet, in the file's own order. Timestamps in ticks; NoPts where there is none.</summary>
internal readonly record struct PacketEntry(
    long Pts, long Dts, long Duration, long Position, int Size, PacketKinds Kinds)
{
    /// <summary>The presentation time; null where the file has none.</summary>
    public long? PtsOrNull => Pts == FFmpegConstants.NoPts ? null : Pts;

    /// <summary>Whether decoding can begin here.</summary>
    public bool IsStart => (Kinds & (PacketKinds.ClosedStart | PacketKinds.OpenStart)) != 0;
}
