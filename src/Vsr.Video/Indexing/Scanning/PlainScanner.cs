using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Codecs that show one picture a packet, in order (FFV1, ProRes, MJPEG, PNG).</summary>
/// <param name="intra">Whether every picture is a key frame, whatever the container says.</param>
internal sealed unsafe class PlainScanner(bool intra) : IPacketScanner
{
    private const PacketKinds Start = PacketKinds.Key | PacketKinds.ClosedStart;

    public bool Reorders => false;

    public PacketScan Scan(AVPacket* packet)
    {
        if (packet->Size == 0)
        {
            return PacketScan.Damaged("is empty");
        }

        bool key = intra || (packet->Flags & FFmpegConstants.PacketKey) != 0;
        return new PacketScan(key ? Start : PacketKinds.None, Frames: 1);
    }

    public void Dispose()
    {
    }
}
