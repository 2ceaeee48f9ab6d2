namespace Vsr.Data;

/// <summary>Reads samples from clips in software into host buffers.</summary>
internal sealed class HostSampleReader : SampleReader<HostBatch>
{
    private readonly ReaderPool _readers;

    public HostSampleReader(IClipSource source, SamplePlanner planner, int maxOpenClips)
        : base(source, planner) => _readers = new ReaderPool(source, maxOpenClips);

    public override void Dispose() => _readers.Dispose();

    protected override void Fill(HostBatch batch, int index, in SamplePlan plan, SampleWork work)
    {
        IClipReader reader = _readers.Rent(plan.Clip);
        try
        {
            Span<byte> destination = batch.Sample(index);
            if (SampleTransform.IsIdentity(plan))
            {
                ReadFrames(reader, plan, destination);
            }
            else
            {
                Span<byte> scratch = work.Scratch(destination.Length);
                ReadFrames(reader, plan, scratch);
                SampleTransform.Apply(scratch, destination, Planner.Windows.Frames, plan);
            }
        }
        catch
        {
            reader.Dispose(); // a reader that failed is not used again
            throw;
        }

        _readers.Return(plan.Clip, reader);
    }

    // The frames there are, then the last one again in place of those that the clip lacks.
    private void ReadFrames(IClipReader reader, in SamplePlan plan, Span<byte> planar)
    {
        int frameBytes = planar.Length / Planner.Windows.Frames;
        reader.ReadRgb8(plan.FirstFrame, plan.Available, Planner.Windows.Stride, plan.Crop, planar[..(plan.Available * frameBytes)]);
        Span<byte> last = planar.Slice((plan.Available - 1) * frameBytes, frameBytes);
        for (int t = plan.Available; t < Planner.Windows.Frames; t++)
        {
            last.CopyTo(planar.Slice(t * frameBytes, frameBytes));
        }
    }
}
