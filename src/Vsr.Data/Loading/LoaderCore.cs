namespace Vsr.Data;

/// <summary>What loaders have in common whatever their batches live in: production, state, restoring, warnings.</summary>
/// <remarks>Used by the consumer's thread, except <see cref="Return"/>.</remarks>
internal sealed class LoaderCore<TBatch> : IDisposable
    where TBatch : LoaderBatch
{
    private readonly LoaderPlan _plan;
    private readonly SampleReader<TBatch> _reader;
    private readonly BatchProducer<TBatch> _producer;
    private readonly TimeProvider _time;
    private bool _disposed;

    /// <summary>Takes over reader and buffers.</summary>
    public LoaderCore(LoaderPlan plan, SampleReader<TBatch> reader, List<TBatch> buffers, TimeProvider time)
    {
        _plan = plan;
        _reader = reader;
        _time = time;
        State = plan.Start;
        TicketSequence tickets = new(plan.Epochs, plan.TotalWindows, plan.Options.Shuffle, State);
        _producer = new BatchProducer<TBatch>(reader, tickets, plan.Options, buffers, time);
    }

    /// <summary>The sample that the next batch starts with.</summary>
    public LoaderState State { get; private set; }

    /// <summary>One line a file that failed, when its source was opened or since.</summary>
    public IReadOnlyList<string> Warnings => [.. _plan.Source.Warnings, .. _reader.Warnings];

    /// <summary>Time that the consumer waited for batches that were not ready.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Goes on from a state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public void Restore(LoaderState state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        LoaderState next = _plan.Checked(state);
        _producer.Restore(next);
        State = next;
    }

    /// <summary>Waits for the next batch and hands it over; when that fails, the same batch comes again.</summary>
    /// <param name="handOver">Uses the batch and, unless it throws, sees that it is given back with <see cref="Return"/>, at once or later.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public IReadOnlyList<SampleInfo> Deliver(Action<TBatch> handOver, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long asked = _time.GetTimestamp();
        TBatch batch = _producer.Take(cancellation);
        Waited += _time.GetElapsedTime(asked);
        SampleInfo[] samples = [.. batch.Samples.Select(sample => sample!)];
        LoaderState after = batch.StateAfter;
        try
        {
            handOver(batch);
        }
        catch
        {
            _producer.Return(batch);
            _producer.Restore(State);
            throw;
        }

        State = after;
        return samples;
    }

    /// <summary>Gives a batch's buffer back, on any thread.</summary>
    public void Return(TBatch batch) => _producer.Return(batch);

    /// <summary>Ends the threads, in the middle of an epoch too, and frees the buffers.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _producer.Dispose();
        }
    }
}
