using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Makes the index of an open file: reads its packets once, and decodes it once where these do not tell.</summary>
internal sealed unsafe class FrameIndexBuilder
{
    private const string EndedEarly = "File ended prematurely";                 // matroskadec.c: within a block or cluster

    private readonly IPacketScanner? _scanner;
    private readonly FrameOrder _order;
    private readonly List<PacketEntry> _packets = [];
    private readonly List<string> _damage = [];
    private bool _isInDoubt;
    private bool _hasStarted;

    private FrameIndexBuilder(IPacketScanner? scanner)
    {
        _scanner = scanner;
        _order = new FrameOrder(scanner?.Reorders ?? false);
        _isInDoubt = scanner is null;
    }

    /// <summary>Makes the index.</summary>
    /// <param name="demuxer">The open file at its start; left at an undefined position.</param>
    /// <param name="path">The file's name for messages.</param>
    public static FrameIndex Build(Demuxer demuxer, string path)
    {
        using IPacketScanner? scanner = PacketScanners.Create(demuxer.Stream);
        FrameIndexBuilder builder = new(scanner);
        AVPacket* packet = LibAvCodec.av_packet_alloc();
        long mark = FFmpegLog.Mark();
        try
        {
            while (demuxer.Read(packet))
            {
                builder.Add(packet);
            }
        }
        finally
        {
            LibAvCodec.av_packet_free(&packet);
        }

        if (demuxer.ReadError is { } error)
        {
            builder.AddDamage($"cannot be read beyond packet {builder._packets.Count}: {error}");
        }
        else if (demuxer.ListsPacketsBehindEnd() || HasLogged(EndedEarly, mark))
        {
            builder.AddDamage($"is cut short after packet {builder._packets.Count - 1}");
        }

        return builder.Finish(demuxer, path);
    }

    // What FFmpeg only logs.
    private static bool HasLogged(string text, long mark) => FFmpegLog.Since(mark).Any(
        line => line.ThreadId == Environment.CurrentManagedThreadId && line.Text.Contains(text, StringComparison.Ordinal));

    private FrameIndex Finish(Demuxer demuxer, string path)
    {
        int[] frames = _order.Finish();
        PacketEntry[] packets = [.. _packets];
        return _isInDoubt || _order.Doubt is not null || frames.Length == 0
            ? DecodePass.Run(demuxer, path, packets, _damage)
            : new FrameIndex(packets, frames, hashes: null, warnings: []);
    }

    private void Add(AVPacket* packet)
    {
        int number = _packets.Count;
        bool isDiscarded = (packet->Flags & FFmpegConstants.PacketDiscard) != 0;
        PacketKinds kinds = isDiscarded ? PacketKinds.Discarded : PacketKinds.None;
        if (_scanner is null)
        {
            // Without a scanner the container's word is all there is; frames are then verified by their hashes.
            bool key = (packet->Flags & FFmpegConstants.PacketKey) != 0;
            kinds |= key ? PacketKinds.Key | PacketKinds.OpenStart : PacketKinds.None;
        }
        else
        {
            PacketScan scan = _scanner.Scan(packet);
            kinds |= scan.Kinds;
            Judge(packet, number, scan, isDiscarded);
            if (scan.Frames > 0)
            {
                _order.Add(number, scan.Order, isDiscarded, (scan.Kinds & PacketKinds.ClosedStart) != 0);
            }
        }

        _packets.Add(new PacketEntry(packet->Pts, packet->Dts, packet->Duration, packet->Pos, packet->Size, kinds));
    }

    private void Judge(AVPacket* packet, int number, in PacketScan scan, bool isDiscarded)
    {
        if ((packet->Flags & FFmpegConstants.PacketCorrupt) != 0)
        {
            AddDamage($"packet {number} is marked as damaged");
        }

        if (scan.Doubt is { } doubt)
        {
            _isInDoubt = true;
            if (scan.IsDamage)
            {
                AddDamage($"packet {number} {doubt}");
            }
        }

        if (!_hasStarted && scan.Frames > 0)
        {
            _hasStarted = true;
            if ((scan.Kinds & PacketKinds.Key) == 0)
            {
                AddDamage($"does not start on a key frame: packet {number} needs earlier ones");
            }
        }

        nuint size = 0;
        bool reconfigures = LibAvCodec.av_packet_get_side_data(packet, FFmpegConstants.PacketSideDataNewExtradata, &size) is not null;
        _isInDoubt |= reconfigures || (isDiscarded && !_scanner!.Reorders);
    }

    private void AddDamage(string what)
    {
        _isInDoubt = true;
        if (_damage.Count == 0)
        {
            _damage.Add(what); // the first tells enough: what follows is mostly its consequence
        }
    }
}
