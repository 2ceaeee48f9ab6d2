using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>VP8: the frame tag says key frame and shown. Source: RFC 6386, 9.1.</summary>
internal sealed unsafe class Vp8Scanner : IPacketScanner
{
    public bool Reorders => false;

    public PacketScan Scan(AVPacket* packet)
    {
        const int tagBytes = 3;
        if (packet->Size < tagBytes)
        {
            return PacketScan.Damaged("is too short for a VP8 frame");
        }

        int tag = packet->Data[0];
        bool key = (tag & 1) == 0;
        bool shown = (tag & 0x10) != 0;
        return new PacketScan(key ? PacketKinds.Key | PacketKinds.ClosedStart : PacketKinds.None, shown ? 1 : 0);
    }

    public void Dispose()
    {
    }
}
