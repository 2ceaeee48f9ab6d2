using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>libavformat: demuxers, muxers, byte input and output.</summary>
internal static unsafe partial class LibAvFormat
{
    private const string Library = "avformat";

    [LibraryImport(Library)]
    public static partial uint avformat_version();

    [LibraryImport(Library)]
    public static partial AVFormatContext* avformat_alloc_context();

    [LibraryImport(Library)]
    public static partial void avformat_free_context(AVFormatContext* context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVInputFormat* av_find_input_format(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avformat_open_input(
        AVFormatContext** context, string url, AVInputFormat* format, AVDictionary** options);

    [LibraryImport(Library)]
    public static partial void avformat_close_input(AVFormatContext** context);

    [LibraryImport(Library)]
    public static partial int avformat_find_stream_info(AVFormatContext* context, AVDictionary** options);

    [LibraryImport(Library)]
    public static partial int av_read_frame(AVFormatContext* context, AVPacket* packet);

    [LibraryImport(Library)]
    public static partial int av_seek_frame(AVFormatContext* context, int streamIndex, long timestamp, int flags);

    [LibraryImport(Library)]
    public static partial int avformat_seek_file(
        AVFormatContext* context, int streamIndex, long minimum, long timestamp, long maximum, int flags);

    /// <summary>Of the container's list of a stream's packets, as far as it has been read.</summary>
    [LibraryImport(Library)]
    public static partial int avformat_index_get_entries_count(AVStream* stream);

    [LibraryImport(Library)]
    public static partial AVIndexEntry* avformat_index_get_entry(AVStream* stream, int index);

    [LibraryImport(Library)]
    public static partial int avformat_flush(AVFormatContext* context);

    [LibraryImport(Library)]
    public static partial AVRational av_guess_frame_rate(AVFormatContext* context, AVStream* stream, AVFrame* frame);

    [LibraryImport(Library)]
    public static partial AVRational av_guess_sample_aspect_ratio(
        AVFormatContext* context, AVStream* stream, AVFrame* frame);

    [LibraryImport(Library)]
    public static partial byte* av_stream_get_side_data(AVStream* stream, int type, nuint* size);

    /// <summary>5.1 only: later releases keep side data in AVCodecParameters (av_packet_side_data_new).</summary>
    [LibraryImport(Library)]
    public static partial byte* av_stream_new_side_data(AVStream* stream, int type, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVOutputFormat* av_guess_format(string? shortName, string? fileName, string? mimeType);

    [LibraryImport(Library)]
    public static partial int avformat_query_codec(AVOutputFormat* format, int codecId, int strictness);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avformat_alloc_output_context2(
        AVFormatContext** context, AVOutputFormat* format, string? formatName, string? fileName);

    [LibraryImport(Library)]
    public static partial AVStream* avformat_new_stream(AVFormatContext* context, AVCodec* codec);

    [LibraryImport(Library)]
    public static partial int avformat_write_header(AVFormatContext* context, AVDictionary** options);

    [LibraryImport(Library)]
    public static partial int av_write_frame(AVFormatContext* context, AVPacket* packet);

    [LibraryImport(Library)]
    public static partial int av_interleaved_write_frame(AVFormatContext* context, AVPacket* packet);

    [LibraryImport(Library)]
    public static partial int av_write_trailer(AVFormatContext* context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avio_open2(
        AVIOContext** context, string url, int flags, void* interruptCallback, AVDictionary** options);

    [LibraryImport(Library)]
    public static partial int avio_closep(AVIOContext** context);

    [LibraryImport(Library)]
    public static partial long avio_size(AVIOContext* context);

    [LibraryImport(Library)]
    public static partial void avio_flush(AVIOContext* context);

    [LibraryImport(Library)]
    public static partial AVIOContext* avio_alloc_context(
        byte* buffer,
        int bufferSize,
        int writeFlag,
        void* opaque,
        delegate* unmanaged[Cdecl]<void*, byte*, int, int> read,
        delegate* unmanaged[Cdecl]<void*, byte*, int, int> write,
        delegate* unmanaged[Cdecl]<void*, long, int, long> seek);

    [LibraryImport(Library)]
    public static partial void avio_context_free(AVIOContext** context);
}
