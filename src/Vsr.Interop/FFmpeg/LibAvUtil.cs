using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>libavutil: frames, pixel formats, options, dictionaries, time arithmetic.</summary>
internal static unsafe partial class LibAvUtil
{
    private const string Library = "avutil";

    [LibraryImport(Library)]
    public static partial uint avutil_version();

    [LibraryImport(Library)]
    public static partial byte* av_version_info();

    [LibraryImport(Library)]
    public static partial int av_strerror(int code, byte* text, nuint size);

    [LibraryImport(Library)]
    public static partial void av_log_set_callback(delegate* unmanaged[Cdecl]<void*, int, byte*, void*, void> callback);

    [LibraryImport(Library)]
    public static partial int av_log_format_line2(
        void* context, int level, byte* format, void* arguments, byte* line, int size, int* printPrefix);

    [LibraryImport(Library)]
    public static partial void* av_malloc(nuint size);

    [LibraryImport(Library)]
    public static partial void* av_mallocz(nuint size);

    [LibraryImport(Library)]
    public static partial void av_free(void* memory);

    [LibraryImport(Library)]
    public static partial void av_freep(void* pointerToMemory);

    [LibraryImport(Library)]
    public static partial void av_buffer_unref(AVBufferRef** buffer);

    [LibraryImport(Library)]
    public static partial AVBufferRef* av_buffer_ref(AVBufferRef* buffer);

    [LibraryImport(Library)]
    public static partial AVFrame* av_frame_alloc();

    [LibraryImport(Library)]
    public static partial void av_frame_free(AVFrame** frame);

    [LibraryImport(Library)]
    public static partial AVFrame* av_frame_clone(AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int av_frame_ref(AVFrame* destination, AVFrame* source);

    [LibraryImport(Library)]
    public static partial void av_frame_unref(AVFrame* frame);

    [LibraryImport(Library)]
    public static partial void av_frame_move_ref(AVFrame* destination, AVFrame* source);

    [LibraryImport(Library)]
    public static partial int av_frame_get_buffer(AVFrame* frame, int align);

    [LibraryImport(Library)]
    public static partial int av_frame_make_writable(AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int av_frame_copy(AVFrame* destination, AVFrame* source);

    [LibraryImport(Library)]
    public static partial int av_frame_copy_props(AVFrame* destination, AVFrame* source);

    [LibraryImport(Library)]
    public static partial AVFrameSideData* av_frame_get_side_data(AVFrame* frame, int type);

    [LibraryImport(Library)]
    public static partial AVFrameSideData* av_frame_new_side_data(AVFrame* frame, int type, nuint size);

    [LibraryImport(Library)]
    public static partial AVPixFmtDescriptor* av_pix_fmt_desc_get(int format);

    [LibraryImport(Library)]
    public static partial AVPixFmtDescriptor* av_pix_fmt_desc_next(AVPixFmtDescriptor* previous);

    [LibraryImport(Library)]
    public static partial int av_pix_fmt_desc_get_id(AVPixFmtDescriptor* descriptor);

    [LibraryImport(Library)]
    public static partial int av_pix_fmt_count_planes(int format);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_get_pix_fmt(string name);

    [LibraryImport(Library)]
    public static partial byte* av_get_pix_fmt_name(int format);

    [LibraryImport(Library)]
    public static partial int av_image_get_buffer_size(int format, int width, int height, int align);

    [LibraryImport(Library)]
    public static partial int av_image_get_linesize(int format, int width, int plane);

    [LibraryImport(Library)]
    public static partial int av_image_copy_to_buffer(
        byte* destination, int size, byte** data, int* linesize, int format, int width, int height, int align);

    [LibraryImport(Library)]
    public static partial int av_image_fill_arrays(
        byte** data, int* linesize, byte* source, int format, int width, int height, int align);

    [LibraryImport(Library)]
    public static partial byte* av_color_range_name(int value);

    [LibraryImport(Library)]
    public static partial byte* av_color_primaries_name(int value);

    [LibraryImport(Library)]
    public static partial byte* av_color_transfer_name(int value);

    [LibraryImport(Library)]
    public static partial byte* av_color_space_name(int value);

    [LibraryImport(Library)]
    public static partial byte* av_chroma_location_name(int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_color_range_from_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_color_primaries_from_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_color_transfer_from_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_color_space_from_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_chroma_location_from_name(string name);

    [LibraryImport(Library)]
    public static partial byte* av_get_media_type_string(int type);

    [LibraryImport(Library)]
    public static partial double av_display_rotation_get(int* matrix);

    [LibraryImport(Library)]
    public static partial void av_display_rotation_set(int* matrix, double degrees);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_set(void* target, string name, string value, int searchFlags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_set_int(void* target, string name, long value, int searchFlags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_set_double(void* target, string name, double value, int searchFlags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_set_q(void* target, string name, AVRational value, int searchFlags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_get_int(void* target, string name, int searchFlags, long* value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_dict_set(AVDictionary** dictionary, string key, string? value, int flags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVDictionaryEntry* av_dict_get(
        AVDictionary* dictionary, string key, AVDictionaryEntry* previous, int flags);

    [LibraryImport(Library)]
    public static partial int av_dict_copy(AVDictionary** destination, AVDictionary* source, int flags);

    [LibraryImport(Library)]
    public static partial int av_dict_count(AVDictionary* dictionary);

    [LibraryImport(Library)]
    public static partial void av_dict_free(AVDictionary** dictionary);

    [LibraryImport(Library)]
    public static partial long av_rescale_q(long value, AVRational from, AVRational to);

    [LibraryImport(Library)]
    public static partial long av_rescale_q_rnd(long value, AVRational from, AVRational to, int rounding);

    [LibraryImport(Library)]
    public static partial int av_compare_ts(long a, AVRational baseA, long b, AVRational baseB);

    [LibraryImport(Library)]
    public static partial void av_channel_layout_default(AVChannelLayout* layout, int channels);

    [LibraryImport(Library)]
    public static partial int av_channel_layout_copy(AVChannelLayout* destination, AVChannelLayout* source);

    [LibraryImport(Library)]
    public static partial void av_channel_layout_uninit(AVChannelLayout* layout);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_get_sample_fmt(string name);
}
