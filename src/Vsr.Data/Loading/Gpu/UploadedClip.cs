using Vsr.Torch;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>A clip that is decoded in software: its components go to the device as planes, and the same kernel puts them in their place.</summary>
internal sealed class UploadedClip : IDeviceClip
{
    // The components are those asked for already. By the identity matrix planes G, B, R become R, G, B.
    private static readonly ColorDescription Rgb = new("gbr", "pc", null, null, null);
    private static readonly ColorDescription FullRange = new("bt709", "pc", null, null, null);

    private readonly IClipReader _reader;
    private readonly NvdecSession _session;
    private readonly GpuStream _queue;
    private readonly CudaStream _stream;
    private readonly CudaEvent _uploaded;
    private GpuMemory? _host;
    private GpuMemory? _planes;

    /// <summary>Takes over the reader.</summary>
    public UploadedClip(IClipReader reader, NvdecSession session)
    {
        _reader = reader;
        _session = session;
        _queue = new GpuStream(session.Context);
        _stream = CudaStream.FromHandle(session.Device, _queue.Handle);
        _uploaded = new CudaEvent(_stream, timed: false);
    }

    public long DecodedFrames => _reader.DecodedFrames;

    public unsafe void Read(in DeviceSample sample)
    {
        PixelRect crop = sample.Plan.Crop;
        int planeBytes = crop.Width * crop.Height;
        int frames = sample.Plan.Available;
        Grow(3L * planeBytes * frames);
        _uploaded.Synchronize();                             // the last sample has left the host's memory
        SequenceLoaderOptions options = _session.Plan.Options;
        Span<byte> planar = new((void*)_host!.Address, options.Channels * planeBytes * frames);
        _reader.ReadSamples8(options.Color, sample.FirstFrame, frames, options.Stride, crop, planar);
        sample.Batch.HoldWriter(sample.Index, _stream);
        try
        {
            for (int i = 0; i < frames; i++)
            {
                Place(sample, i, Upload(i, planeBytes));
            }
        }
        finally
        {
            _uploaded.Record(_stream);
            sample.Batch.MarkWritten(sample.Index, _stream);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _queue.Dispose();
        _uploaded.Dispose();
        _host?.Dispose();
        _planes?.Dispose();
    }

    private void Place(in DeviceSample sample, int inWindow, nint planes)
    {
        PixelRect whole = new(0, 0, sample.Plan.Crop.Width, sample.Plan.Crop.Height);
        // odd heights too have no row between the planes: only the kernel reads it
        DeviceSurface surface = new(planes, whole.Width, whole.Height, whole.Width, whole.Height, SurfaceFormat.Yuv444, 8);
        SampleColor channels = _session.Plan.Options.Color;
        ColorDescription color = channels == SampleColor.Rgb ? Rgb : FullRange;
        foreach (int place in _session.Placement.PlacesOf(sample.Plan, inWindow))
        {
            _session.Converter.Convert(
                surface, _session.Placement.Conversion(sample, place, whole, color, channels), _queue.Handle);
        }
    }

    // Planes R, G, B are brought to the order G, B, R.
    private nint Upload(int frame, int planeBytes)
    {
        int channels = _session.Plan.Options.Channels;
        nint source = _host!.Address + (nint)((long)channels * planeBytes * frame);
        nint target = _planes!.Address + (nint)(3L * planeBytes * frame);
        if (_session.Plan.Options.Color == SampleColor.Rgb)
        {
            _queue.CopyToDevice(target, source + planeBytes, 2L * planeBytes);
            _queue.CopyToDevice(target + (2 * planeBytes), source, planeBytes);
        }
        else
        {
            _queue.CopyToDevice(target, source, (long)channels * planeBytes);
        }

        return target;
    }

    private void Grow(long bytes)
    {
        if (_host?.Bytes >= bytes)
        {
            return;
        }

        _queue.Synchronize();
        _host?.Dispose();
        _planes?.Dispose();
        _host = GpuMemory.OnHost(_session.Context, bytes);
        _planes = GpuMemory.OnDevice(_session.Context, bytes);
    }
}
