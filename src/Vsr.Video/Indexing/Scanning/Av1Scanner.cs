using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>AV1: a packet is a temporal unit of open bitstream units; its frame headers say what is shown.</summary>
/// <remarks>Source: AV1 bitstream specification, 5.3 (OBU header), 5.5.1 (sequence header), 5.9.2 (frame header).</remarks>
internal sealed unsafe class Av1Scanner : IPacketScanner
{
    private const int SequenceHeader = 1;
    private const int FrameHeader = 3;
    private const int Frame = 6;

    // "av1C": four bytes, then the sequence header.
    private const int ConfigurationBytes = 4;

    private bool _isStill;

    public Av1Scanner(AVCodecParameters* parameters)
    {
        if (parameters->ExtradataSize > ConfigurationBytes)
        {
            PacketContent ignored = default;
            Walk(new ReadOnlySpan<byte>(parameters->Extradata, parameters->ExtradataSize)[ConfigurationBytes..], ref ignored);
        }
    }

    public bool Reorders => false;

    public PacketScan Scan(AVPacket* packet)
    {
        PacketContent content = default;
        if (!Walk(new ReadOnlySpan<byte>(packet->Data, packet->Size), ref content))
        {
            return PacketScan.Damaged("is no AV1 temporal unit");
        }

        PacketKinds kinds = content.IsKey ? PacketKinds.Key | PacketKinds.ClosedStart : PacketKinds.None;
        return content.Shown > 1 || content.HasLayers
            ? PacketScan.Doubtful(kinds, "shows several frames or layers")
            : new PacketScan(kinds, content.Shown);
    }

    public void Dispose()
    {
    }

    private bool Walk(ReadOnlySpan<byte> data, ref PacketContent content)
    {
        while (!data.IsEmpty)
        {
            int header = data[0];
            int type = (header >> 3) & 15;
            bool hasExtension = (header & 4) != 0;
            bool hasSize = (header & 2) != 0;
            int offset = hasExtension ? 2 : 1;
            if ((header & 0x80) != 0 || data.Length < offset)
            {
                return false;
            }

            content.HasLayers |= hasExtension && ((data[1] >> 3) & 3) > 0;
            int size = data.Length - offset;
            if (hasSize && !ReadSize(data, ref offset, out size))
            {
                return false;
            }

            Read(type, data.Slice(offset, size), ref content);
            data = data[(offset + size)..];
        }

        return true;
    }

    private void Read(int type, ReadOnlySpan<byte> unit, ref PacketContent content)
    {
        BitReader bits = new(unit);
        if (type == SequenceHeader)
        {
            const int profileAndStillBits = 4;
            bits.Read(profileAndStillBits);
            _isStill = bits.Read(1) == 1;
        }
        else if (type is FrameHeader or Frame)
        {
            if (_isStill)
            {
                content.IsKey = true;
                content.Shown++;
                return;
            }

            bool showsExisting = bits.Read(1) == 1;
            bool key = !showsExisting && bits.Read(2) == 0;
            bool shown = showsExisting || bits.Read(1) == 1;
            content.IsKey |= key && shown;
            content.Shown += shown ? 1 : 0;
        }
    }

    // leb128: seven bits a byte, least significant first.
    private static bool ReadSize(ReadOnlySpan<byte> data, ref int offset, out int size)
    {
        long value = 0;
        for (int i = 0; i < 8 && offset < data.Length; i++)
        {
            int b = data[offset++];
            value |= (long)(b & 127) << (7 * i);
            if ((b & 128) == 0)
            {
                size = (int)Math.Min(value, int.MaxValue);
                return value <= data.Length - offset;
            }
        }

        size = 0;
        return false;
    }

    private struct PacketContent
    {
        public bool IsKey;
        public bool HasLayers;
        public int Shown;
    }
}
