using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Reads packets with their numbers in the index and moves to a packet exactly, wherever the container's seek lands.</summary>
internal sealed unsafe class PacketSeeker : IDisposable
{
    // After a seek, some containers give pieces of packets first; whole ones follow soon.
    private const int MostUnknownPackets = 256;

    private readonly Demuxer _demuxer;
    private readonly FrameIndex _index;
    private readonly string _path;
    private AVPacket* _held = LibAvCodec.av_packet_alloc();
    private bool _isHeld;

    public PacketSeeker(Demuxer demuxer, FrameIndex index, string path)
    {
        _demuxer = demuxer;
        _index = index;
        _path = path;
    }

    /// <summary>The number of the packet that <see cref="Read"/> gives next.</summary>
    public int NextPacket { get; private set; }

    /// <summary>Whether the file was neither read nor sought, so that packet 0 comes next.</summary>
    public bool IsFresh { get; private set; } = true;

    /// <summary>Reads the next packet; its number, or -1 at the end.</summary>
    /// <exception cref="VideoFormatException">The packet is not the one of the index: the file changed.</exception>
    public int Read(AVPacket* packet)
    {
        IsFresh = false;
        if (_isHeld)
        {
            _isHeld = false;
            LibAvCodec.av_packet_unref(packet);
            LibAvCodec.av_packet_move_ref(packet, _held);
            return NextPacket++;
        }

        if (!_demuxer.Read(packet))
        {
            return -1;
        }

        if (NextPacket >= _index.PacketCount || Identity(packet) != PacketIdentity.Of(_index.Packets[NextPacket]))
        {
            throw new VideoFormatException($"packet {NextPacket} is not what it was when indexed; the file changed", _path);
        }

        return NextPacket++;
    }

    /// <summary>Makes a packet the next one.</summary>
    public void Seek(int target)
    {
        IsFresh = false;
        PacketEntry entry = _index.Packets[target];
        if (TryLand(entry.Pts, target) || (entry.Dts != entry.Pts && TryLand(entry.Dts, target)))
        {
            return;
        }

        // An earlier start of the container's list, then the beginning.
        for (int back = target - 1, tries = 2; back > 0 && tries > 0; back--)
        {
            if (_index.Packets[back].IsStart)
            {
                tries--;
                if (TryLand(_index.Packets[back].Pts, target))
                {
                    return;
                }
            }
        }

        _demuxer.Rewind();
        NextPacket = 0;
        _isHeld = false;
        while (NextPacket < target)
        {
            if (Read(_held) < 0)
            {
                throw new VideoFormatException($"packet {target} is gone; the file changed", _path);
            }
        }
    }

    public void Dispose()
    {
        AVPacket* held = _held;
        LibAvCodec.av_packet_free(&held);
        _held = null;
    }

    private static PacketIdentity Identity(AVPacket* packet) => new(packet->Pts, packet->Dts, packet->Pos, packet->Size);

    private bool TryLand(long ticks, int target)
    {
        _isHeld = false;
        if (ticks == FFmpegConstants.NoPts || !_demuxer.TrySeek(ticks))
        {
            return false;
        }

        int unknown = 0;
        int number = -1;
        while (_demuxer.Read(_held))
        {
            bool known = _index.TryFindPacket(Identity(_held), out int found);
            if (known && number >= 0 && found != number + 1)
            {
                return false;
            }

            number = known ? found : number >= 0 ? number + 1 : -1;
            if (number > target || (number < 0 && ++unknown > MostUnknownPackets))
            {
                return false;
            }

            if (number == target)
            {
                NextPacket = target;
                _isHeld = true;
                return true;
            }
        }

        return false;
    }
}
