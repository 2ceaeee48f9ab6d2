using System.Collections.Concurrent;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>Reads samples on a GPU: NVDEC decodes and one kernel puts each frame in its place. What the engine cannot decode is decoded in software.</summary>
internal sealed class NvdecSampleReader : SampleReader<DeviceBatch>
{
    private readonly NvdecSession _session;
    private readonly IClipSource _files;
    private readonly ClipRangeSource? _ranges;               // parts of one file share its readers
    private readonly ReaderPool<IDeviceClip> _clips;
    private readonly string?[] _reasons;
    private readonly ConcurrentDictionary<int, WeakReference<NvdecClip>> _open = new();     // of each file the one opened last
    private long _decoded;
    private long _delivered;

    /// <summary>Takes over the session.</summary>
    /// <param name="session">Context, decoders and kernel.</param>
    /// <param name="reasons">Why each file is decoded in software; null for those that NVDEC decodes.</param>
    public NvdecSampleReader(NvdecSession session, string?[] reasons)
        : base(session.Plan.Source, session.Plan.Planner)
    {
        _session = session;
        _reasons = reasons;
        _ranges = session.Plan.Source as ClipRangeSource;
        _files = _ranges?.Inner ?? session.Plan.Source;
        _clips = new ReaderPool<IDeviceClip>(Open, session.Plan.Options.MaxOpenClips);
        for (int clip = 0; clip < reasons.Length; clip++)
        {
            if (reasons[clip] is null && _files.Clips[clip].Stream is { } stream && NvdecKey.Of(stream) is { } key)
            {
                session.Decoders.Expect(key, stream.Width, stream.Height);
            }
        }
    }

    /// <summary>Frames that decoders put out.</summary>
    public long Decoded => Interlocked.Read(ref _decoded);

    /// <summary>Frames put into batches.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Device memory of decoded frames that are kept.</summary>
    public long CachedBytes => _session.Cache?.Bytes ?? 0;

    public override SampleWork NewWork() => new NvdecWork(_session.Context);

    public override void Dispose()
    {
        _session.Context.MakeCurrent();
        _clips.Dispose();
        _session.Dispose();
    }

    protected override void Fill(DeviceBatch batch, int index, in SamplePlan plan, SampleWork work)
    {
        (int clip, int first) = _ranges?.Locate(plan.Clip, plan.FirstFrame) ?? (plan.Clip, plan.FirstFrame);
        IDeviceClip reader = _clips.Rent(clip);
        long before = reader.DecodedFrames;
        try
        {
            reader.Read(new DeviceSample(batch, index, plan, first));
            Interlocked.Add(ref _delivered, _session.Plan.Options.Frames);
        }
        catch
        {
            reader.Dispose();                                // a reader that failed is not used again
            throw;
        }
        finally
        {
            Interlocked.Add(ref _decoded, reader.DecodedFrames - before);
        }

        _clips.Return(clip, reader);
    }

    private IDeviceClip Open(int clip)
    {
        if (_reasons[clip] is not null)
        {
            return new UploadedClip(_files.Open(clip), _session);
        }

        NvdecClip? sibling = null;
        _ = _open.TryGetValue(clip, out WeakReference<NvdecClip>? kept) && kept.TryGetTarget(out sibling);
        NvdecClip opened = new(_files.Clips[clip].Name, VideoClipReader.Options, sibling);
        _open[clip] = new WeakReference<NvdecClip>(opened);
        return new NvdecDeviceClip(opened, clip, _session);
    }

    private sealed class NvdecWork(GpuContext context) : SampleWork
    {
        public override void BeginThread() => context.BeginThread();
    }
}
