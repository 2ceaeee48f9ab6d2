using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>VP9: a packet is a frame or a superframe of hidden ones and a shown one.</summary>
/// <remarks>Source: VP9 bitstream specification, uncompressed_header() and Annex B (superframes).</remarks>
internal sealed unsafe class Vp9Scanner : IPacketScanner
{
    private const int FrameMarker = 2;

    public bool Reorders => false;

    public PacketScan Scan(AVPacket* packet)
    {
        ReadOnlySpan<byte> data = new(packet->Data, packet->Size);
        int shown = 0;
        bool key = false;
        int offset = 0;
        List<int>? sizes = SuperframeSizes(data);
        for (int i = 0; i < (sizes?.Count ?? 1); i++)
        {
            int size = sizes is null ? data.Length : sizes[i];
            if (size == 0 || offset + size > data.Length || !ReadFrame(data.Slice(offset, size), i == 0, ref key, ref shown))
            {
                return PacketScan.Damaged("is no VP9 frame");
            }

            offset += size;
        }

        PacketKinds kinds = key ? PacketKinds.Key | PacketKinds.ClosedStart : PacketKinds.None;
        return shown > 1 ? PacketScan.Doubtful(kinds, "shows several frames") : new PacketScan(kinds, shown);
    }

    public void Dispose()
    {
    }

    private static bool ReadFrame(ReadOnlySpan<byte> frame, bool isFirst, ref bool key, ref int shown)
    {
        BitReader bits = new(frame);
        if (bits.Read(2) != FrameMarker)
        {
            return false;
        }

        int profile = bits.Read(1) | (bits.Read(1) << 1);
        if (profile == 3)
        {
            bits.Read(1);
        }

        bool showsExisting = bits.Read(1) == 1;
        if (showsExisting)
        {
            shown++;
            return true;
        }

        key |= bits.Read(1) == 0 && isFirst;
        shown += bits.Read(1);
        return true;
    }

    private static List<int>? SuperframeSizes(ReadOnlySpan<byte> data)
    {
        int marker = data.IsEmpty ? 0 : data[^1];
        int count = (marker & 7) + 1;
        int bytesEach = ((marker >> 3) & 3) + 1;
        int indexBytes = 2 + (count * bytesEach);
        if ((marker & 0xE0) != 0xC0 || data.Length < indexBytes || data[^indexBytes] != marker)
        {
            return null;
        }

        List<int> sizes = [];
        ReadOnlySpan<byte> index = data[^(indexBytes - 1)..];
        for (int i = 0; i < count; i++)
        {
            int size = 0;
            for (int b = 0; b < bytesEach; b++)
            {
                size |= index[(i * bytesEach) + b] << (8 * b);
            }

            sizes.Add(size);
        }

        return sizes;
    }
}
