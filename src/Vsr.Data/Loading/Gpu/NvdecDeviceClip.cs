using Vsr.Torch;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>A clip that NVDEC decodes: each frame of a window goes from the decoder's surface, or from the cache, to its place in one pass.</summary>
/// <param name="clip">The open file; disposed with this object.</param>
/// <param name="number">The file's number in its source: what the cache knows it by.</param>
/// <param name="session">What the clips of a loader share.</param>
internal sealed class NvdecDeviceClip(NvdecClip clip, int number, NvdecSession session) : IDeviceClip
{
    private readonly List<int> _missing = [];
    private readonly List<(int Frame, CachedFrame Place)> _found = [];
    private GpuStream? _ownStream;                           // for windows that need no decoder

    public long DecodedFrames => clip.Statistics.Decoded;

    public void Read(in DeviceSample sample)
    {
        Window window = new(sample, session.Plan.Options.Stride);
        RequireFrames(window.FrameAt(sample.Plan.Available - 1));
        Divide(window);
        NvdecDecoder? decoder = null;
        try
        {
            if (_missing.Count == 0)
            {
                PlaceFound(window, OwnStream());
                return;
            }

            decoder = session.Decoders.Rent(clip);
            CudaStream stream = CudaStream.FromHandle(session.Device, decoder.Stream);
            PlaceFound(window, stream);
            Decode(window, decoder, stream);
        }
        finally
        {
            GiveUpFound();
            if (decoder is not null)
            {
                session.Decoders.Return(decoder);
            }
        }
    }

    public void Dispose()
    {
        _ownStream?.Dispose();
        clip.Dispose();
    }

    // Which frames of the window are kept already, and which have to be decoded.
    private void Divide(Window window)
    {
        _missing.Clear();
        for (int i = 0; i < window.Sample.Plan.Available; i++)
        {
            int frame = window.FrameAt(i);
            if (session.Cache is { } cache && cache.TryBeginRead(number, frame, out CachedFrame? place))
            {
                _found.Add((frame, place));
            }
            else
            {
                _missing.Add(frame);
            }
        }
    }

    private void PlaceFound(Window window, CudaStream stream)
    {
        window.Sample.Batch.HoldWriter(window.Sample.Index, stream);
        try
        {
            while (_found.Count > 0)
            {
                (int frame, CachedFrame place) = _found[^1];
                place.HoldReader(stream);
                Place(window, frame, place.Surface, stream.Handle);
                session.Cache!.EndRead(place, stream);
                _found.RemoveAt(_found.Count - 1);           // what is left after a failure is given up
            }
        }
        finally
        {
            window.Sample.Batch.MarkWritten(window.Sample.Index, stream);
        }
    }

    private void Decode(Window window, NvdecDecoder decoder, CudaStream stream)
    {
        try
        {
            NvdecReading.Read(clip, decoder, FramesToDecode(), Consume);
        }
        finally
        {
            window.Sample.Batch.MarkWritten(window.Sample.Index, stream);
        }

        void Consume(int frame, in DeviceSurface surface, nint handle)
        {
            RequireSize(frame, surface);
            if (_missing.Contains(frame))
            {
                Place(window, frame, surface, handle);
            }

            session.Cache?.Keep(number, frame, surface, stream);
        }
    }

    // With a cache all frames that decoding passes anyway; to the groups' ends where it holds the whole data set.
    private int[] FramesToDecode() =>
        session.Cache is null ? [.. _missing] : FramesOnTheWay.To(clip.Index, _missing, session.CacheHoldsAll);

    private void Place(Window window, int frame, in DeviceSurface surface, nint stream)
    {
        foreach (int place in session.Placement.PlacesOf(window.Sample.Plan, window.PlaceOf(frame)))
        {
            SurfaceConversion conversion = session.Placement.Conversion(
                window.Sample, place, window.Sample.Plan.Crop, clip.Stream.Color, session.Plan.Options.Color);
            session.Converter.Convert(surface, conversion, stream);
        }
    }

    private CudaStream OwnStream()
    {
        _ownStream ??= new GpuStream(session.Context);
        return CudaStream.FromHandle(session.Device, _ownStream.Handle);
    }

    // After a failure: places that were found and not read.
    private void GiveUpFound()
    {
        foreach ((_, CachedFrame place) in _found)
        {
            session.Cache!.EndRead(place, OwnStream());
        }

        _found.Clear();
    }

    private void RequireFrames(int last)
    {
        if (last >= clip.Index.FrameCount)
        {
            throw new VideoFormatException($"has {clip.Index.FrameCount} frames; the sample needs frame {last}", clip.Path);
        }
    }

    private void RequireSize(int frame, in DeviceSurface surface)
    {
        if (surface.Width != clip.Stream.Width || surface.Height != clip.Stream.Height)
        {
            throw new VideoFormatException($"changes its size from {clip.Stream.Width}x{clip.Stream.Height} to "
                + $"{surface.Width}x{surface.Height}", clip.Path)
            { Frame = frame };
        }
    }

    private readonly record struct Window(DeviceSample Sample, int Stride)
    {
        public int FrameAt(int place) => Sample.FirstFrame + (place * Stride);

        public int PlaceOf(int frame) => (frame - Sample.FirstFrame) / Stride;
    }
}
