using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Encodes one picture.</summary>
internal static unsafe class PictureEncoder
{
    /// <summary>The coded picture.</summary>
    /// <exception cref="VsrException">The encoder is missing or fails.</exception>
    public static byte[] Encode(RgbImage image, VideoWriterOptions options)
    {
        using VideoEncoder encoder = new(options, globalHeader: false);
        AVFrame* frame = encoder.BeginPicture();
        PictureBuffers buffers = FramePlanes.Buffers(frame, encoder.Layout);
        if (image.BitDepth == 8)
        {
            YuvConversion.Convert<byte>(image.Samples8, image.Width, image.Height, encoder.Layout, encoder.Color, buffers);
        }
        else
        {
            YuvConversion.Convert<ushort>(image.Samples16, image.Width, image.Height, encoder.Layout, encoder.Color, buffers);
        }

        encoder.Send(0, 1);
        encoder.SendEnd();
        AVPacket* packet = LibAvCodec.av_packet_alloc();
        try
        {
            return encoder.TryReceive(packet)
                ? new ReadOnlySpan<byte>(packet->Data, packet->Size).ToArray()
                : throw new VsrException($"encoder '{options.Codec}' gave no picture");
        }
        finally
        {
            LibAvCodec.av_packet_free(&packet);
        }
    }
}
