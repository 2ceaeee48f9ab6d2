using Vsr.Interop.Cuda;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Brings decoded pictures to the host as frames of the software decoder's pixel format. One thread at a time.</summary>
internal sealed unsafe class SurfaceDownload(GpuContext context) : IDisposable
{
    private readonly CudaDriver _driver = CudaDriver.Instance;
    private readonly List<(nint Memory, long Bytes)> _buffers = [];
    private readonly List<(int Frame, DeviceSurface Surface)> _queued = [];

    /// <summary>Reads frames and gives them in ascending order, for the caller to dispose.</summary>
    public VideoFrame[] Read(NvdecClip clip, NvdecDecoder decoder, ReadOnlySpan<int> ascendingFrames)
    {
        _queued.Clear();
        try
        {
            NvdecReading.Read(clip, decoder, ascendingFrames, Queue);
        }
        finally
        {
            // After a failure, too: the buffers are written to until the copies are done.
            if (!decoder.IsBroken)
            {
                NvdecReading.Wait(clip, decoder);
            }
        }

        VideoFrame[] frames = new VideoFrame[_queued.Count];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = Unpack(clip, i);
        }

        Array.Sort(frames, (one, other) => one.Index.CompareTo(other.Index));
        return frames;
    }

    public void Dispose()
    {
        if (_buffers.Count > 0)
        {
            context.MakeCurrent();
        }

        foreach ((nint memory, _) in _buffers)
        {
            _driver.FreeHost(memory);
        }

        _buffers.Clear();
    }

    private void Queue(int frame, in DeviceSurface surface, nint stream)
    {
        int slot = _queued.Count;
        DeviceSurface packed = surface.Packed(surface.Pointer, surface.PitchBytes);
        long bytes = packed.TotalBytes;
        if (slot == _buffers.Count)
        {
            _buffers.Add((_driver.AllocateHost(bytes), bytes));
        }
        else if (_buffers[slot].Bytes < bytes)
        {
            _driver.FreeHost(_buffers[slot].Memory);
            _buffers[slot] = default;
            _buffers[slot] = (_driver.AllocateHost(bytes), bytes);
        }

        nint target = _buffers[slot].Memory;
        foreach ((int first, int count) in surface.RowBlocks)
        {
            // not the last row's padding, which may lie beyond the memory
            nint length = ((nint)(count - 1) * surface.PitchBytes) + surface.PictureRowBytes;
            _driver.CopyToHostAsync(target, surface.Pointer + ((nint)first * surface.PitchBytes), length, stream);
            target += (nint)count * surface.PitchBytes;
        }

        _queued.Add((frame, packed));
    }

    private VideoFrame Unpack(NvdecClip clip, int slot)
    {
        AVCodecParameters* parameters = clip.Parameters;
        (int number, DeviceSurface surface) = _queued[slot];
        AVFrame* frame = LibAvUtil.av_frame_alloc();
        frame->Format = clip.Stream.PixelFormat!.Id;
        frame->Width = surface.Width;
        frame->Height = surface.Height;
        int code = LibAvUtil.av_frame_get_buffer(frame, 0);
        if (code < 0)
        {
            LibAvUtil.av_frame_free(&frame);
            throw new VsrException($"{clip.Path}: no memory for frame {number}: {FFmpegError.Describe(code)}");
        }

        long? pts = clip.Index.PtsTicks(number);
        frame->Pts = pts ?? FFmpegConstants.NoPts;
        frame->ColorRange = parameters->ColorRange;
        frame->ColorPrimaries = parameters->ColorPrimaries;
        frame->ColorTrc = parameters->ColorTrc;
        frame->Colorspace = parameters->ColorSpace;
        frame->ChromaLocation = parameters->ChromaLocation;
        frame->SampleAspectRatio = parameters->SampleAspectRatio;
        SurfaceUnpacker.Unpack(new ReadOnlySpan<byte>((void*)_buffers[slot].Memory, (int)_buffers[slot].Bytes), surface, frame);
        return new VideoFrame(frame, number, pts, clip.Index.DurationTicks(number), clip.Stream.Rotation);
    }
}
