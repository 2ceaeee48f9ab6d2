using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Reads one codec's packets in the file's order.</summary>
internal unsafe interface IPacketScanner : IDisposable
{
    /// <summary>Whether pictures come out by <see cref="PacketScan.Order"/> rather than in the order of packets.</summary>
    bool Reorders { get; }

    /// <summary>Reads the next packet.</summary>
    PacketScan Scan(AVPacket* packet);
}
