using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Writes a <see cref="ColorDescription"/> into an encoder's context; names that FFmpeg does not know stay unspecified.</summary>
internal static unsafe class ColorTags
{
    private const int Unspecified = 2; // primaries, transfer, matrix; range and location have 0

    public static void Apply(ColorDescription color, AVCodecContext* context)
    {
        context->Colorspace = Value(color.Matrix, Unspecified, LibAvUtil.av_color_space_from_name);
        context->ColorRange = Value(color.Range, 0, LibAvUtil.av_color_range_from_name);
        context->ColorPrimaries = Value(color.Primaries, Unspecified, LibAvUtil.av_color_primaries_from_name);
        context->ColorTrc = Value(color.Transfer, Unspecified, LibAvUtil.av_color_transfer_from_name);
        context->ChromaSampleLocation = Value(color.ChromaLocation, 0, LibAvUtil.av_chroma_location_from_name);
    }

    private static int Value(string? name, int unspecified, Func<string, int> lookup)
    {
        int value = string.IsNullOrEmpty(name) ? unspecified : lookup(name);
        return value < 0 ? unspecified : value;
    }
}
