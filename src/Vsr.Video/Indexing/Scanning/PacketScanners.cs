using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Chooses the scanner of a codec.</summary>
internal static unsafe class PacketScanners
{
    private const int IntraOnly = 1; // AV_CODEC_PROP_INTRA_ONLY

    /// <summary>The scanner of a stream's codec; null where only decoding tells its order of frames (MPEG-2, MPEG-4, VC-1).</summary>
    public static IPacketScanner? Create(AVStream* stream)
    {
        AVCodecParameters* parameters = stream->Codecpar;
        AVCodecDescriptor* descriptor = LibAvCodec.avcodec_descriptor_get(parameters->CodecId);
        string? name = descriptor is null ? null : Utf8.ToText(descriptor->Name);
        return name switch
        {
            null => null,
            "h264" => new H264Scanner(parameters),
            "hevc" => new HevcScanner(parameters),
            "vp8" => new Vp8Scanner(),
            "vp9" => new Vp9Scanner(),
            "av1" => new Av1Scanner(parameters),
            "ffv1" => new PlainScanner(intra: false),
            _ when (descriptor->Props & IntraOnly) != 0 => new PlainScanner(intra: true),
            _ => null,
        };
    }
}
