using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Reads colour descriptions from FFmpeg's enumerations by name; "unknown" and "reserved" become null.</summary>
internal static unsafe class ColorNames
{
    public static ColorDescription Of(AVFrame* frame) => Create(
        frame->Colorspace, frame->ColorRange, frame->ColorPrimaries, frame->ColorTrc, frame->ChromaLocation);

    public static ColorDescription Of(AVCodecParameters* parameters) => Create(
        parameters->ColorSpace,
        parameters->ColorRange,
        parameters->ColorPrimaries,
        parameters->ColorTrc,
        parameters->ChromaLocation);

    private static ColorDescription Create(int matrix, int range, int primaries, int transfer, int location) => new(
        Name(LibAvUtil.av_color_space_name(matrix)),
        Name(LibAvUtil.av_color_range_name(range)),
        Name(LibAvUtil.av_color_primaries_name(primaries)),
        Name(LibAvUtil.av_color_transfer_name(transfer)),
        Name(LibAvUtil.av_chroma_location_name(location)));

    private static string? Name(byte* name) => Utf8.ToText(name) switch
    {
        null or "unknown" or "unspecified" or "reserved" => null,
        string text => text,
    };
}
