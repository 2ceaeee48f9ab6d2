using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>libavcodec: packets, decoders, encoders, parsers, bitstream filters.</summary>
internal static unsafe partial class LibAvCodec
{
    private const string Library = "avcodec";

    [LibraryImport(Library)]
    public static partial uint avcodec_version();

    [LibraryImport(Library)]
    public static partial AVCodec* avcodec_find_decoder(int codecId);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVCodec* avcodec_find_decoder_by_name(string name);

    [LibraryImport(Library)]
    public static partial AVCodec* avcodec_find_encoder(int codecId);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVCodec* avcodec_find_encoder_by_name(string name);

    [LibraryImport(Library)]
    public static partial AVCodec* av_codec_iterate(void** state);

    [LibraryImport(Library)]
    public static partial int av_codec_is_decoder(AVCodec* codec);

    [LibraryImport(Library)]
    public static partial int av_codec_is_encoder(AVCodec* codec);

    [LibraryImport(Library)]
    public static partial byte* avcodec_get_name(int codecId);

    [LibraryImport(Library)]
    public static partial AVCodecDescriptor* avcodec_descriptor_get(int codecId);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVCodecDescriptor* avcodec_descriptor_get_by_name(string name);

    [LibraryImport(Library)]
    public static partial AVCodecContext* avcodec_alloc_context3(AVCodec* codec);

    [LibraryImport(Library)]
    public static partial void avcodec_free_context(AVCodecContext** context);

    [LibraryImport(Library)]
    public static partial int avcodec_open2(AVCodecContext* context, AVCodec* codec, AVDictionary** options);

    [LibraryImport(Library)]
    public static partial int avcodec_send_packet(AVCodecContext* context, AVPacket* packet);

    [LibraryImport(Library)]
    public static partial int avcodec_receive_frame(AVCodecContext* context, AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int avcodec_send_frame(AVCodecContext* context, AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int avcodec_receive_packet(AVCodecContext* context, AVPacket* packet);

    [LibraryImport(Library)]
    public static partial void avcodec_flush_buffers(AVCodecContext* context);

    [LibraryImport(Library)]
    public static partial int avcodec_default_get_format(AVCodecContext* context, int* formats);

    [LibraryImport(Library)]
    public static partial AVCodecParameters* avcodec_parameters_alloc();

    [LibraryImport(Library)]
    public static partial void avcodec_parameters_free(AVCodecParameters** parameters);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_copy(AVCodecParameters* destination, AVCodecParameters* source);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_from_context(AVCodecParameters* parameters, AVCodecContext* context);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_to_context(AVCodecContext* context, AVCodecParameters* parameters);

    [LibraryImport(Library)]
    public static partial AVPacket* av_packet_alloc();

    [LibraryImport(Library)]
    public static partial void av_packet_free(AVPacket** packet);

    [LibraryImport(Library)]
    public static partial AVPacket* av_packet_clone(AVPacket* packet);

    [LibraryImport(Library)]
    public static partial int av_new_packet(AVPacket* packet, int size);

    [LibraryImport(Library)]
    public static partial int av_packet_ref(AVPacket* destination, AVPacket* source);

    [LibraryImport(Library)]
    public static partial void av_packet_unref(AVPacket* packet);

    [LibraryImport(Library)]
    public static partial void av_packet_move_ref(AVPacket* destination, AVPacket* source);

    [LibraryImport(Library)]
    public static partial int av_packet_copy_props(AVPacket* destination, AVPacket* source);

    [LibraryImport(Library)]
    public static partial int av_packet_make_refcounted(AVPacket* packet);

    [LibraryImport(Library)]
    public static partial void av_packet_rescale_ts(AVPacket* packet, AVRational from, AVRational to);

    [LibraryImport(Library)]
    public static partial byte* av_packet_get_side_data(AVPacket* packet, int type, nuint* size);

    [LibraryImport(Library)]
    public static partial byte* av_packet_new_side_data(AVPacket* packet, int type, nuint size);

    /// <summary>Exists from 6.1 on: adds side data to AVCodecParameters.coded_side_data.</summary>
    [LibraryImport(Library)]
    public static partial AVPacketSideData* av_packet_side_data_new(
        AVPacketSideData** sideData, int* count, int type, nuint size, int flags);

    /// <summary>Exists from 6.1 on: finds side data in AVCodecParameters.coded_side_data.</summary>
    [LibraryImport(Library)]
    public static partial AVPacketSideData* av_packet_side_data_get(AVPacketSideData* sideData, int count, int type);

    [LibraryImport(Library)]
    public static partial AVCodecParserContext* av_parser_init(int codecId);

    [LibraryImport(Library)]
    public static partial int av_parser_parse2(
        AVCodecParserContext* parser,
        AVCodecContext* context,
        byte** output,
        int* outputSize,
        byte* data,
        int size,
        long pts,
        long dts,
        long pos);

    [LibraryImport(Library)]
    public static partial void av_parser_close(AVCodecParserContext* parser);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVBitStreamFilter* av_bsf_get_by_name(string name);

    [LibraryImport(Library)]
    public static partial int av_bsf_alloc(AVBitStreamFilter* filter, AVBSFContext** context);

    [LibraryImport(Library)]
    public static partial int av_bsf_init(AVBSFContext* context);

    [LibraryImport(Library)]
    public static partial int av_bsf_send_packet(AVBSFContext* context, AVPacket* packet);

    [LibraryImport(Library)]
    public static partial int av_bsf_receive_packet(AVBSFContext* context, AVPacket* packet);

    [LibraryImport(Library)]
    public static partial void av_bsf_flush(AVBSFContext* context);

    [LibraryImport(Library)]
    public static partial void av_bsf_free(AVBSFContext** context);
}
