using Vsr.Video;

namespace Vsr.Data;

/// <summary>Reads samples from clips in software into host buffers.</summary>
internal sealed class HostSampleReader : SampleReader<HostBatch>
{
    private readonly SampleColor _color;
    private readonly ClipRangeSource? _ranges; // parts of one file share its readers
    private readonly CountedClips _files;
    private readonly ReaderPool<IClipReader> _readers;

    public HostSampleReader(LoaderPlan plan)
        : base(plan.Source, plan.Planner)
    {
        _color = plan.Options.Color;
        _ranges = plan.Source as ClipRangeSource;
        IClipSource files = _ranges?.Inner ?? plan.Source;
        _files = new CountedClips(files, CacheOfReader(files, plan.Options));
        _readers = new ReaderPool<IClipReader>(_files.Open, plan.Options.MaxOpenClips);
    }

    /// <summary>Frames that decoders put out.</summary>
    public long Decoded => _files.Decoded;

    /// <summary>Frames read into batches.</summary>
    public long Delivered => _files.Delivered;

    public override void Dispose() => _readers.Dispose();

    protected override void Fill(HostBatch batch, int index, in SamplePlan plan, SampleWork work)
    {
        (int clip, int first) = _ranges?.Locate(plan.Clip, plan.FirstFrame) ?? (plan.Clip, plan.FirstFrame);
        IClipReader reader = _readers.Rent(clip);
        try
        {
            Span<byte> destination = batch.Sample(index);
            if (SampleTransform.IsIdentity(plan))
            {
                ReadFrames(reader, first, plan, destination);
            }
            else
            {
                Span<byte> scratch = work.Scratch(destination.Length);
                ReadFrames(reader, first, plan, scratch);
                SampleTransform.Apply(scratch, destination, Planner.Windows.Frames, _color.Channels(), plan);
            }
        }
        catch
        {
            reader.Dispose(); // a reader that failed is not used again
            throw;
        }

        _readers.Return(clip, reader);
    }

    // At most one reader a thread is lent, and so many are idle: together they keep what the option allows.
    private static long CacheOfReader(IClipSource source, SequenceLoaderOptions options)
    {
        long threads = options.EffectiveThreads;
        return options.CacheBytes / Math.Min(options.MaxOpenClips + threads, source.Clips.Count * threads);
    }

    // The frames there are, then the last one again in place of those that the clip lacks.
    private void ReadFrames(IClipReader reader, int first, in SamplePlan plan, Span<byte> planar)
    {
        int frameBytes = planar.Length / Planner.Windows.Frames;
        reader.ReadSamples8(
            _color, first, plan.Available, Planner.Windows.Stride, plan.Crop, planar[..(plan.Available * frameBytes)]);
        Span<byte> last = planar.Slice((plan.Available - 1) * frameBytes, frameBytes);
        for (int t = plan.Available; t < Planner.Windows.Frames; t++)
        {
            last.CopyTo(planar.Slice(t * frameBytes, frameBytes));
        }
    }
}
