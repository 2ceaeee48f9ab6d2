using Vsr.Interop.FFmpeg;

namespace Vsr.Video.Writing;

/// <summary>The pixel formats that an encoder takes.</summary>
internal static unsafe class EncoderFormats
{
    /// <summary>Their names in the encoder's own order; empty where it does not say.</summary>
    /// <exception cref="VsrException">This FFmpeg has no such encoder.</exception>
    public static IReadOnlyList<string> Of(string encoder)
    {
        _ = FFmpegLibrary.Instance;
        AVCodec* codec = LibAvCodec.avcodec_find_encoder_by_name(encoder);
        if (codec is null || codec->Type != FFmpegConstants.MediaVideo)
        {
            throw new VsrException(
                $"this FFmpeg has no video encoder '{encoder}'; libx264, libx265, ffv1 and mpeg4 are common");
        }

        List<string> names = [];
        for (int* format = codec->PixFmts; format is not null && *format != FFmpegConstants.PixFmtNone; format++)
        {
            names.Add(Utf8.ToText(LibAvUtil.av_get_pix_fmt_name(*format)) ?? "");
        }

        return names;
    }
}
