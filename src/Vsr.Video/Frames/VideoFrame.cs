using System.Runtime.InteropServices;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>A decoded picture in the decoder's own pixel format, before rotation.</summary>
/// <remarks>
/// The pixels belong to FFmpeg, are counted references and may be shared with the reader that gave the frame: they are
/// read only. Whoever gets a frame disposes it; a frame outlives its reader. Planes are not to be used afterwards.
/// </remarks>
public sealed unsafe class VideoFrame : IDisposable
{
    private AVFrame* _frame;

    /// <summary>Takes ownership of a frame whose rows run from top to bottom.</summary>
    internal VideoFrame(AVFrame* frame, int index, long? ptsTicks, long durationTicks, int rotation)
    {
        _frame = frame;
        Index = index;
        PtsTicks = ptsTicks;
        DurationTicks = durationTicks;
        Rotation = rotation;
        Width = frame->Width;
        Height = frame->Height;
        Format = PixelFormat.FromId(frame->Format)
            ?? throw new VsrException($"frame {index} has the unknown pixel format {frame->Format}");
        Color = ColorNames.Of(frame);
    }

    /// <summary>Frees the pixels of a frame that was not disposed.</summary>
    ~VideoFrame() => Release();

    /// <summary>The number of the frame in its file, counted from 0 in the order of output.</summary>
    public int Index { get; }

    /// <summary>The presentation time in ticks of the stream's time base; null where the file has none.</summary>
    public long? PtsTicks { get; }

    /// <summary>The duration in ticks of the stream's time base; 0 where the file has none.</summary>
    public long DurationTicks { get; }

    /// <summary>The width in pixels; it may change within a file.</summary>
    public int Width { get; }

    /// <summary>The height in pixels; it may change within a file.</summary>
    public int Height { get; }

    /// <summary>How the pixels lie in memory.</summary>
    public PixelFormat Format { get; }

    /// <summary>What the frame says about its colours.</summary>
    public ColorDescription Color { get; private init; }

    /// <summary>By how many degrees the picture is to be turned counterclockwise for display (ffprobe's sign).</summary>
    public int Rotation { get; }

    /// <summary>FFmpeg's frame, which this one owns.</summary>
    internal AVFrame* Native
    {
        get
        {
            ObjectDisposedException.ThrowIf(_frame is null, this);
            return _frame;
        }
    }

    /// <summary>The bytes of the pixels as <see cref="CopyTight()"/> lays them out.</summary>
    public int TightBytes => Check(LibAvUtil.av_image_get_buffer_size(Format.Id, Width, Height, 1));

    /// <summary>The memory the frame holds, in bytes, with padding.</summary>
    internal long HeldBytes
    {
        get
        {
            long bytes = 0;
            for (int plane = 0; plane < Format.PlaneCount; plane++)
            {
                bytes += (long)StrideBytes(plane) * Format.PlaneHeight(plane, Height);
            }

            return bytes;
        }
    }

    /// <summary>Makes a frame with undefined pixels; without a description its colours are unknown.</summary>
    internal static VideoFrame Allocate(
        PixelFormat format, int width, int height, int index = 0, ColorDescription? color = null)
    {
        AVFrame* frame = LibAvUtil.av_frame_alloc();
        frame->Format = format.Id;
        frame->Width = width;
        frame->Height = height;
        int code = LibAvUtil.av_frame_get_buffer(frame, 64);
        if (code < 0)
        {
            LibAvUtil.av_frame_free(&frame);
            throw new VsrException($"no memory for a frame of {width}x{height} {format}: {FFmpegError.Describe(code)}");
        }

        return new VideoFrame(frame, index, null, 0, 0) { Color = color ?? ColorDescription.Unknown };
    }

    /// <summary>The rows of a plane, each <see cref="StrideBytes"/> long, padding included.</summary>
    /// <param name="plane">0 to PlaneCount - 1; 1 of a palette format is its palette, 256 colours of 4 bytes.</param>
    public ReadOnlySpan<byte> Plane(int plane) => WritablePlane(plane);

    /// <summary>The bytes from a row of a plane to the next.</summary>
    public int StrideBytes(int plane)
    {
        CheckPlane(plane);
        return Native->Linesize[plane];
    }

    /// <summary>All planes without padding, one after the other, as FFmpeg's rawvideo lays them out.</summary>
    public byte[] CopyTight()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(TightBytes);
        CopyTight(bytes);
        return bytes;
    }

    /// <summary>Copies all planes without padding into memory of at least <see cref="TightBytes"/>.</summary>
    public void CopyTight(Span<byte> destination)
    {
        AVFrame* frame = Native;
        int needed = TightBytes;
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, needed, nameof(destination));
        fixed (byte* target = destination)
        {
            Check(LibAvUtil.av_image_copy_to_buffer(
                target, needed, frame->Data, frame->Linesize, Format.Id, Width, Height, 1));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>A plane to write to; only for frames made by <see cref="Allocate"/>.</summary>
    internal Span<byte> WritablePlane(int plane)
    {
        CheckPlane(plane);
        AVFrame* frame = Native;
        const int paletteBytes = 1024;
        bool palette = Format.HasPalette && plane == 1;
        int length = palette ? paletteBytes : checked(frame->Linesize[plane] * Format.PlaneHeight(plane, Height));
        return MemoryMarshal.CreateSpan(ref *frame->Data[plane], length);
    }

    /// <summary>Another owner of the same pixels, under another number.</summary>
    internal VideoFrame Share()
    {
        AVFrame* clone = LibAvUtil.av_frame_clone(Native);
        return clone is null
            ? throw new VsrException($"no memory for frame {Index}")
            : new VideoFrame(clone, Index, PtsTicks, DurationTicks, Rotation);
    }

    private static int Check(int code) => code >= 0 ? code : throw new VsrException(FFmpegError.Describe(code));

    private void CheckPlane(int plane)
    {
        int count = Format.PlaneCount + (Format.HasPalette ? 1 : 0);
        if ((uint)plane >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(nameof(plane), plane, $"{Format} has {count} plane(s), numbered from 0");
        }
    }

    private void Release()
    {
        AVFrame* frame = _frame;
        _frame = null;
        if (frame is not null)
        {
            LibAvUtil.av_frame_free(&frame);
        }
    }
}
