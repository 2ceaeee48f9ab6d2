namespace Vsr.Data;

/// <summary>Reads samples into their place: the right frames, cropped and transformed; another sample where a file fails.</summary>
/// <remarks>Called by several threads at once; each passes its own scratch buffer.</remarks>
internal sealed class SampleAssembler : IDisposable
{
    private const int MostAttempts = 64;
    private readonly Lock _lock = new();
    private readonly IClipSource _source;
    private readonly SamplePlanner _planner;
    private readonly ReaderPool _readers;
    private readonly SortedDictionary<int, string> _warnings = []; // by clip: one line each

    public SampleAssembler(IClipSource source, SamplePlanner planner, int maxOpenClips)
    {
        _source = source;
        _planner = planner;
        _readers = new ReaderPool(source, maxOpenClips);
    }

    /// <summary>One line for each clip that failed, in the order of clips.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lock)
            {
                return [.. _warnings.Values];
            }
        }
    }

    /// <summary>Reads a sample into its place in the batch.</summary>
    /// <param name="ticket">Which sample.</param>
    /// <param name="work">Told which clip is being read; holds the thread's scratch buffer.</param>
    /// <exception cref="VsrException">Sample after sample fails.</exception>
    public SampleInfo Read(SampleTicket ticket, SampleWork work)
    {
        for (int attempt = 0; ; attempt++)
        {
            SamplePlan plan = _planner.Plan(ticket.Order, ticket.Seed, ticket.Epoch, ticket.Position, attempt);
            work.Clip = _source.Clips[plan.Clip].Name;
            IClipReader? reader = null;
            try
            {
                reader = _readers.Rent(plan.Clip);
                ReadInto(ticket.Batch.Sample(ticket.Index), plan, reader, work);
                _readers.Return(plan.Clip, reader);
                return Describe(ticket, plan, attempt);
            }
            catch (Exception failure) when (failure is VsrException or IOException or UnauthorizedAccessException)
            {
                reader?.Dispose();
                Warn(plan.Clip, failure);
                if (attempt + 1 == MostAttempts)
                {
                    throw new VsrException(
                        $"{MostAttempts} samples in a row could not be read, the last from {work.Clip}: {failure.Message}", failure);
                }
            }
        }
    }

    public void Dispose() => _readers.Dispose();

    private void ReadInto(Span<byte> destination, SamplePlan plan, IClipReader reader, SampleWork work)
    {
        WindowIndex windows = _planner.Windows;
        if (SampleTransform.IsIdentity(plan))
        {
            reader.ReadRgb8(plan.FirstFrame, windows.Frames, windows.Stride, plan.Crop, destination);
            return;
        }

        Span<byte> scratch = work.Scratch(destination.Length);
        reader.ReadRgb8(plan.FirstFrame, windows.Frames, windows.Stride, plan.Crop, scratch);
        SampleTransform.Apply(scratch, destination, windows.Frames, plan);
    }

    private void Warn(int clip, Exception failure)
    {
        lock (_lock)
        {
            _warnings.TryAdd(clip, ClipWarning.Replaced(_source.Clips[clip].Name, failure));
        }
    }

    private SampleInfo Describe(SampleTicket ticket, SamplePlan plan, int attempt)
    {
        int[] frames = new int[_planner.Windows.Frames];
        for (int t = 0; t < frames.Length; t++)
        {
            int inWindow = plan.ReverseTime ? frames.Length - 1 - t : t;
            frames[t] = plan.FirstFrame + inWindow * _planner.Windows.Stride;
        }

        return new SampleInfo
        {
            Clip = _source.Clips[plan.Clip].Name,
            Epoch = ticket.Epoch,
            Position = ticket.Position,
            Frames = frames,
            Crop = plan.Crop,
            FlipHorizontal = plan.FlipHorizontal,
            FlipVertical = plan.FlipVertical,
            Transpose = plan.Transpose,
            ReverseTime = plan.ReverseTime,
            IsPadding = ticket.IsPadding,
            IsReplacement = attempt > 0,
        };
    }
}
