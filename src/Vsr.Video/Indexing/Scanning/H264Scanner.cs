using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>H.264: key frames are IDR pictures; decoding may also begin at an exact recovery point.</summary>
/// <remarks>Source: ITU-T H.264, 7.3.1 (NAL units), 7.3.3 (slice header), D.1.8 (recovery point).</remarks>
internal sealed unsafe class H264Scanner : IPacketScanner
{
    private const int ConfigurationLengthPosition = 4;

    private readonly PictureOrderParser _parser;
    private readonly int _lengthBytes;

    public H264Scanner(AVCodecParameters* parameters)
    {
        _parser = new PictureOrderParser(parameters);
        _lengthBytes = NalUnits.LengthBytes(parameters, ConfigurationLengthPosition);
    }

    public bool Reorders => true;

    public PacketScan Scan(AVPacket* packet)
    {
        int? order = _parser.Parse(packet);
        int pictures = 0;
        bool idr = false;
        bool recovers = false;
        bool isReference = false;
        NalUnits units = new(new ReadOnlySpan<byte>(packet->Data, packet->Size), _lengthBytes);
        while (units.Next(out ReadOnlySpan<byte> unit))
        {
            int type = unit.IsEmpty ? 0 : unit[0] & 31;
            bool isSlice = type is 1 or 2 or 5;
            pictures += isSlice && unit.Length > 1 && (unit[1] & 0x80) != 0 ? 1 : 0; // first_mb_in_slice 0
            idr |= type == 5;
            isReference |= isSlice && (unit[0] & 0x60) != 0; // nal_ref_idc
            recovers |= type == 6 && IsExactRecoveryPoint(unit[1..]);
        }

        PacketKinds kinds = idr ? PacketKinds.Key | PacketKinds.ClosedStart
            : recovers && _parser.IsIntra ? PacketKinds.OpenStart
            : isReference ? PacketKinds.None
            : PacketKinds.Disposable;
        return units.IsBroken ? PacketScan.Damaged("is no series of NAL units")
            : pictures == 0 ? new PacketScan(kinds, Frames: 0)
            : order is null ? PacketScan.Damaged("has an unreadable slice header")
            : pictures > 1 || _parser.IsField ? PacketScan.Doubtful(kinds, "holds fields or several pictures")
            : new PacketScan(kinds, Frames: 1, order.Value);
    }

    public void Dispose() => _parser.Dispose();

    // Supplemental information: type and size in bytes of 255 and a rest, then recovery_frame_cnt, exact_match_flag,
    // broken_link_flag.
    private static bool IsExactRecoveryPoint(ReadOnlySpan<byte> messages)
    {
        const int recoveryPoint = 6;
        while (messages.Length > 2)
        {
            int type = ReadByteSum(ref messages);
            int size = ReadByteSum(ref messages);
            if (type == recoveryPoint)
            {
                BitReader bits = new(messages);
                return bits.ReadUnsignedExpGolomb() == 0 && bits.Read(1) == 1 && bits.Read(1) == 0;
            }

            messages = messages[Math.Min(size, messages.Length)..];
        }

        return false;
    }

    private static int ReadByteSum(ref ReadOnlySpan<byte> data)
    {
        int sum = 0;
        int last = 255;
        while (last == 255 && !data.IsEmpty)
        {
            last = data[0];
            sum += last;
            data = data[1..];
        }

        return sum;
    }
}
