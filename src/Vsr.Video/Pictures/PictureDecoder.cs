using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Decodes a whole picture file with one call of FFmpeg's decoder; no demuxer is asked.</summary>
internal static unsafe class PictureDecoder
{
    /// <summary>Decodes the file; the caller disposes the frame.</summary>
    /// <exception cref="VideoFormatException">The file is no .png or .jpg, or is damaged.</exception>
    /// <exception cref="VsrException">The file cannot be read.</exception>
    public static VideoFrame Decode(string path)
    {
        byte[] bytes = ReadAll(path);
        _ = FFmpegLibrary.Instance;
        long logMark = FFmpegLog.Mark();
        AVCodec* codec = LibAvCodec.avcodec_find_decoder_by_name(CodecOf(bytes, path));
        AVCodecContext* context = LibAvCodec.avcodec_alloc_context3(codec);
        AVPacket* packet = LibAvCodec.av_packet_alloc();
        AVFrame* frame = LibAvUtil.av_frame_alloc();
        try
        {
            context->ThreadCount = 1;
            LibAvUtil.av_opt_set(context, "err_detect", "explode", 0);
            Check(LibAvCodec.avcodec_open2(context, codec, null), path, logMark);
            Check(LibAvCodec.av_new_packet(packet, bytes.Length), path, logMark);
            bytes.CopyTo(new Span<byte>(packet->Data, bytes.Length));
            Check(LibAvCodec.avcodec_send_packet(context, packet), path, logMark);
            Check(LibAvCodec.avcodec_send_packet(context, null), path, logMark);
            Check(LibAvCodec.avcodec_receive_frame(context, frame), path, logMark);
            VideoFrame result = new(frame, 0, null, 0, 0);
            frame = null;
            return result;
        }
        finally
        {
            LibAvUtil.av_frame_free(&frame);
            LibAvCodec.av_packet_free(&packet);
            LibAvCodec.avcodec_free_context(&context);
        }
    }

    private static string CodecOf(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]))
        {
            return "png";
        }

        return bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
            ? "mjpeg"
            : throw new VideoFormatException(
                bytes.IsEmpty ? "the file is empty" : "the file is no .png or .jpg; convert it to one of them", path);
    }

    private static byte[] ReadAll(string path)
    {
        if (Directory.Exists(path))
        {
            throw new VsrException($"cannot read '{path}': it is a folder; name a picture");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot read '{path}': {e.Message}", e);
        }
    }

    private static void Check(int result, string path, long logMark)
    {
        if (result < 0)
        {
            throw new VideoFormatException(
                $"the picture is damaged or of a kind FFmpeg cannot decode: {FFmpegError.Describe(result, logMark)}", path);
        }
    }
}
