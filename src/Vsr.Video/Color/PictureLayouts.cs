using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Makes <see cref="PictureLayout"/>s from FFmpeg's descriptions of its pixel formats.</summary>
internal static unsafe class PictureLayouts
{
    /// <summary>The layout of a pixel format.</summary>
    /// <param name="name">FFmpeg's name: "yuv420p10le".</param>
    /// <exception cref="VsrException">FFmpeg has no such format, or its pixels are no Y, U, V, grey or RGB in memory.</exception>
    public static PictureLayout Of(string name)
    {
        _ = FFmpegLibrary.Instance;
        AVPixFmtDescriptor* descriptor = LibAvUtil.av_pix_fmt_desc_get(LibAvUtil.av_get_pix_fmt(name));
        if (descriptor is null)
        {
            throw new VsrException($"FFmpeg has no pixel format '{name}'; 'ffmpeg -pix_fmts' lists them");
        }

        ulong flags = descriptor->Flags;
        if ((flags & (FFmpegConstants.PixFmtFlagHardware | FFmpegConstants.PixFmtFlagBayer)) != 0
            || name.StartsWith("xyz", StringComparison.Ordinal) || name == "uyyvyy411")
        {
            // uyyvyy411's luma is not evenly spaced, which FFmpeg's description does not say.
            throw new VsrException($"pixel format '{name}' is not converted: its pixels are no YUV, grey or RGB in even steps");
        }

        bool hasAlpha = (flags & FFmpegConstants.PixFmtFlagAlpha) != 0;
        int colors = descriptor->NbComponents - (hasAlpha ? 1 : 0);
        bool hasPalette = (flags & FFmpegConstants.PixFmtFlagPalette) != 0;
        AVComponentDescriptor* parts = &descriptor->Comp0;
        List<SampleLayout> components = [];
        for (int i = 0; i < (hasPalette ? 1 : colors); i++)
        {
            components.Add(Component(name, parts[i], flags));
        }

        return new PictureLayout
        {
            Name = name,
            Components = components,
            ChromaShiftX = descriptor->Log2ChromaW,
            ChromaShiftY = descriptor->Log2ChromaH,
            IsRgb = (flags & FFmpegConstants.PixFmtFlagRgb) != 0,
            HasPalette = hasPalette,
            IsFullRangeByName = name.StartsWith("yuvj", StringComparison.Ordinal),
        };
    }

    private static SampleLayout Component(string name, AVComponentDescriptor part, ulong flags) =>
        new(part.Plane, part.Step, part.Offset, part.Shift, part.Depth)
        {
            IsBigEndian = (flags & FFmpegConstants.PixFmtFlagBigEndian) != 0,
            IsBitstream = (flags & FFmpegConstants.PixFmtFlagBitstream) != 0,
            IsFloat = (flags & FFmpegConstants.PixFmtFlagFloat) != 0,
            IsInverted = name == "monow",
        };
}
