using Vsr.Video;

namespace Vsr.Data;

/// <summary>
/// Reads samples into their places in batches of some kind: chooses the frames, crop and transforms, and another sample where a
/// file fails. Where frames come from and how they get into the batch is the derived class's.
/// </summary>
/// <remarks>Called by several threads at once, each with its own <see cref="SampleWork"/>.</remarks>
internal abstract class SampleReader<TBatch> : IDisposable
    where TBatch : LoaderBatch
{
    private const int MostAttempts = 64;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _failed = [];
    private readonly SortedDictionary<int, string> _warnings = []; // by clip

    protected SampleReader(IClipSource source, SamplePlanner planner)
    {
        Source = source;
        Planner = planner;
    }

    /// <summary>One line for each file that failed, in the order of clips.</summary>
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

    protected IClipSource Source { get; }

    protected SamplePlanner Planner { get; }

    /// <summary>What a thread of this reader works with.</summary>
    public virtual SampleWork NewWork() => new();

    /// <summary>Reads a sample into its place in the batch.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="ticket">Which sample.</param>
    /// <param name="work">Told which clip is being read; made by <see cref="NewWork"/> for the calling thread.</param>
    /// <exception cref="VsrException">Sample after sample fails, or the GPU does: then no other file is tried.</exception>
    public SampleInfo Read(TBatch batch, SampleTicket ticket, SampleWork work)
    {
        for (int attempt = 0; ; attempt++)
        {
            SamplePlan plan = Planner.Plan(ticket.Order, ticket.Seed, ticket.Epoch, ticket.Position, attempt);
            work.Clip = Source.Clips[plan.Clip].Name;
            try
            {
                Fill(batch, ticket.Index, plan, work);
                return Planner.Describe(plan, ticket, isReplacement: attempt > 0);
            }
            catch (Exception failure) when (IsOfTheFile(failure))
            {
                Warn(plan.Clip, failure);
                if (attempt + 1 == MostAttempts)
                {
                    throw new VsrException(
                        $"{MostAttempts} samples in a row could not be read, the last from {work.Clip}: {failure.Message}", failure);
                }
            }
        }
    }

    /// <summary>Closes what is open; no thread reads any more.</summary>
    public abstract void Dispose();

    /// <summary>Puts the frames of a plan into the batch, cropped and transformed as it says.</summary>
    /// <exception cref="VsrException">The file fails: another sample is taken. So with the exceptions of files.</exception>
    protected abstract void Fill(TBatch batch, int index, in SamplePlan plan, SampleWork work);

    private static bool IsOfTheFile(Exception failure) =>
        (failure is VsrException or IOException or UnauthorizedAccessException) && !NvdecFailure.IsOfDevice(failure);

    private void Warn(int clip, Exception failure)
    {
        string name = Source.Clips[clip].Name; // clips that share a file share its warning
        lock (_lock)
        {
            if (_failed.Add(name))
            {
                _warnings.Add(clip, ClipWarning.Replaced(name, failure));
            }
        }
    }
}
