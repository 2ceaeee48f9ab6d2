using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Makes the index of an open file.</summary>
internal static unsafe class FrameIndexBuilder
{
    /// <summary>Reads all packets and, where these do not tell, decodes the file once.</summary>
    /// <param name="demuxer">The open file at its start; left at an undefined position.</param>
    /// <param name="path">The file's name for messages.</param>
    public static FrameIndex Build(Demuxer demuxer, string path)
    {
        List<PacketEntry> packets = [];
        AVPacket* packet = LibAvCodec.av_packet_alloc();
        try
        {
            while (demuxer.Read(packet))
            {
                packets.Add(Entry(packet));
            }
        }
        finally
        {
            LibAvCodec.av_packet_free(&packet);
        }

        return DecodePass.Run(demuxer, path, [.. packets], []);
    }

    private static PacketEntry Entry(AVPacket* packet)
    {
        bool key = (packet->Flags & FFmpegConstants.PacketKey) != 0;
        PacketKinds kinds = (key ? PacketKinds.Key | PacketKinds.OpenStart : 0)
            | ((packet->Flags & FFmpegConstants.PacketDiscard) != 0 ? PacketKinds.Discarded : 0);
        return new PacketEntry(packet->Pts, packet->Dts, packet->Duration, packet->Pos, packet->Size, kinds);
    }
}
