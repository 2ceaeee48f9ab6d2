using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>HEVC: key frames are IRAP pictures; a CRA picture begins an open group, whose leading pictures precede it.</summary>
/// <remarks>
/// Source: ITU-T H.265, 7.3.1.2 (NAL unit header), table 7-1, 8.1.3. Leading pictures that need what is before the CRA
/// picture (RASL) are not shown where decoding begins at it, at the start of a file, and never after a BLA picture.
/// </remarks>
internal sealed unsafe class HevcScanner : IPacketScanner
{
    private const int ConfigurationLengthPosition = 21;
    private const int FirstIrap = 16;
    private const int LastBla = 18;
    private const int Cra = 21;
    private const int LastIrap = 23;
    private const int EndOfSequence = 36;
    private const int EndOfBitstream = 37;

    private readonly PictureOrderParser _parser;
    private readonly int _lengthBytes;
    private readonly bool _hasOneLayer;
    private bool _isFirst = true;
    private bool _skipsLeading;

    public HevcScanner(AVCodecParameters* parameters)
    {
        _parser = new PictureOrderParser(parameters);
        _lengthBytes = NalUnits.LengthBytes(parameters, ConfigurationLengthPosition);

        // numTemporalLayers: with several, pictures of a higher layer may need those without reference in their own.
        _hasOneLayer = _lengthBytes > 0 && ((parameters->Extradata[ConfigurationLengthPosition] >> 3) & 7) == 1;
    }

    public bool Reorders => true;

    public PacketScan Scan(AVPacket* packet)
    {
        int? order = _parser.Parse(packet);
        int pictures = 0;
        int pictureType = -1;
        bool ends = false;
        NalUnits units = new(new ReadOnlySpan<byte>(packet->Data, packet->Size), _lengthBytes);
        while (units.Next(out ReadOnlySpan<byte> unit))
        {
            int type = unit.Length > 2 ? (unit[0] >> 1) & 63 : -1;
            int layer = unit.Length > 2 ? ((unit[0] & 1) << 5) | (unit[1] >> 3) : 0;
            ends |= type is EndOfSequence or EndOfBitstream;
            if (type is >= 0 and < 32 && layer == 0 && (unit[2] & 0x80) != 0) // first_slice_segment_in_pic_flag
            {
                pictures++;
                pictureType = type;
            }
        }

        if (units.IsBroken)
        {
            return PacketScan.Damaged("is no series of NAL units");
        }

        PacketKinds kinds = Kinds(pictureType);
        return pictures == 0 && !ends ? new PacketScan(kinds, Frames: 0)
            : pictures > 1 || ends ? PacketScan.Doubtful(kinds, "holds several pictures or the end of a sequence")
            : order is null ? PacketScan.Damaged("has an unreadable slice header")
            : new PacketScan(kinds, IsSkipped(pictureType) ? 0 : 1, order.Value);
    }

    public void Dispose() => _parser.Dispose();

    // Below 16, even types are pictures that no other picture of their temporal layer needs.
    private PacketKinds Kinds(int type) => type switch
    {
        Cra => PacketKinds.Key | PacketKinds.OpenStart,
        >= FirstIrap and < Cra => PacketKinds.Key | PacketKinds.ClosedStart,
        >= 0 and < FirstIrap when type % 2 == 0 && _hasOneLayer => PacketKinds.Disposable,
        _ => PacketKinds.None,
    };

    private bool IsSkipped(int type)
    {
        if (type is >= FirstIrap and <= LastIrap)
        {
            _skipsLeading = type <= LastBla || (type == Cra && _isFirst);
        }

        _isFirst = false;
        return type is 8 or 9 && _skipsLeading;
    }
}
