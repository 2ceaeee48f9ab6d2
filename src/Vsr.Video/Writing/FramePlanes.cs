using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>The planes of an AVFrame that owns its memory, as spans.</summary>
internal static unsafe class FramePlanes
{
    /// <summary>The planes to be written; valid as long as the frame.</summary>
    public static PictureBuffers Buffers(AVFrame* frame, PictureLayout layout) => new(
        Plane(frame, layout, 0), frame->Linesize[0], Plane(frame, layout, 1), frame->Linesize[1],
        Plane(frame, layout, 2), frame->Linesize[2], Plane(frame, layout, 3), frame->Linesize[3]);

    /// <summary>Copies planes that lie one after the other without padding (ffmpeg's rawvideo) into a frame.</summary>
    /// <exception cref="ArgumentException">Another number of bytes than a picture has.</exception>
    public static void CopyTight(ReadOnlySpan<byte> tight, AVFrame* frame, PictureLayout layout)
    {
        int expected = 0;
        for (int plane = 0; plane < layout.PlaneCount; plane++)
        {
            expected += layout.RowBytes(plane, frame->Width) * layout.PlaneRows(plane, frame->Height);
        }

        if (tight.Length != expected)
        {
            throw new ArgumentException($"{tight.Length} bytes given, a picture of {frame->Width}x{frame->Height} "
                + $"{layout.Name} has {expected}");
        }

        for (int plane = 0; plane < layout.PlaneCount; plane++)
        {
            int rowBytes = layout.RowBytes(plane, frame->Width);
            for (int y = 0; y < layout.PlaneRows(plane, frame->Height); y++)
            {
                tight[..rowBytes].CopyTo(new Span<byte>(frame->Data[plane] + ((long)y * frame->Linesize[plane]), rowBytes));
                tight = tight[rowBytes..];
            }
        }
    }

    private static Span<byte> Plane(AVFrame* frame, PictureLayout layout, int plane) => frame->Data[plane] is null
        ? default
        : new Span<byte>(frame->Data[plane], checked(frame->Linesize[plane] * layout.PlaneRows(plane, frame->Height)));
}
