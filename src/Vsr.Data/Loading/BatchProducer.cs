using System.Runtime.ExceptionServices;

namespace Vsr.Data;

/// <summary>
/// Threads that fill batches ahead of a consumer. Samples are handed out one by one in their order, batches are delivered in their
/// order, and a thread only waits when all buffers are full: how many threads there are changes the speed and nothing else.
/// </summary>
/// <remarks>
/// Buffers move: free -> being filled (in <c>_order</c>) -> lent to the consumer -> free. Monitor lock on <c>_gate</c> for all state.
/// </remarks>
internal sealed class BatchProducer : IDisposable
{
    private readonly object _gate = new();
    private readonly SampleAssembler _assembler;
    private readonly TicketSequence _tickets;
    private readonly SequenceLoaderOptions _options;
    private readonly TimeProvider _time;
    private readonly List<HostBatch> _all;
    private readonly Queue<HostBatch> _free;
    private readonly Queue<HostBatch> _order = new(); // handed out at least in part, oldest first
    private readonly SampleWork[] _work;
    private readonly Thread[] _threads;
    private HostBatch? _filling;
    private ExceptionDispatchInfo? _failure;
    private bool _started;
    private bool _paused;
    private bool _stopping;

    /// <summary>Takes over the buffers and the assembler; threads start with the first <see cref="Take"/>.</summary>
    public BatchProducer(
        SampleAssembler assembler, TicketSequence tickets, SequenceLoaderOptions options, List<HostBatch> buffers, TimeProvider time)
    {
        _assembler = assembler;
        _tickets = tickets;
        _options = options;
        _time = time;
        _all = buffers;
        _free = new Queue<HostBatch>(buffers);
        _work = [.. Enumerable.Range(0, options.EffectiveThreads).Select(_ => new SampleWork())];
        _threads = new Thread[_work.Length];
    }

    /// <summary>Waits for the oldest batch. The caller gives it back with <see cref="Return"/>.</summary>
    public HostBatch Take(CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.Register(WakeAll);
        lock (_gate)
        {
            Start();
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                _failure?.Throw();
                if (_order.TryPeek(out HostBatch? oldest) && oldest.IsComplete)
                {
                    return _order.Dequeue();
                }

                WaitForThreads();
            }
        }
    }

    /// <summary>Gives a batch's buffer back.</summary>
    public void Return(HostBatch batch)
    {
        lock (_gate)
        {
            batch.Reset();
            _free.Enqueue(batch);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Forgets the batches under way and goes on from a state.</summary>
    public void Restore(LoaderState state)
    {
        lock (_gate)
        {
            _paused = true;
            try
            {
                while (_work.Any(work => work.BegunTimestamp is not null))
                {
                    WaitForThreads();
                }
            }
            finally
            {
                _paused = false;
            }

            while (_order.TryDequeue(out HostBatch? batch))
            {
                batch.Reset();
                _free.Enqueue(batch);
            }

            _filling = null;
            _failure = null;
            _tickets.State = state;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the threads after the sample each is at, then frees buffers and readers.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        long begun = _time.GetTimestamp();
        foreach (Thread thread in _threads.Where(thread => thread is not null))
        {
            TimeSpan left = _options.Deadline - _time.GetElapsedTime(begun);
            if (!thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                return; // stuck in a file: it still writes to a buffer, which therefore has to stay
            }
        }

        _all.ForEach(batch => batch.Dispose());
        _assembler.Dispose();
    }

    private void Start()
    {
        for (int i = 0; i < _threads.Length && !_started; i++)
        {
            SampleWork work = _work[i];
            _threads[i] = new Thread(() => ReadSamples(work)) { IsBackground = true, Name = $"vsr loader {i}" };
            _threads[i].Start();
        }

        _started = true;
    }

    private void ReadSamples(SampleWork work)
    {
        while (WaitForTicket(work) is { } ticket)
        {
            SampleInfo? sample = null;
            ExceptionDispatchInfo? failure = null;
            try
            {
                sample = _assembler.Read(ticket, work);
            }
#pragma warning disable CA1031 // handed to the consumer, who throws it again
            catch (Exception caught)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(caught);
            }

            Finish(work, ticket, sample, failure);
        }
    }

    private SampleTicket? WaitForTicket(SampleWork work)
    {
        lock (_gate)
        {
            while (!_stopping && (_paused || _failure is not null || (_filling is null && _free.Count == 0)))
            {
                Monitor.Wait(_gate);
            }

            if (_stopping)
            {
                return null;
            }

            if (_filling is null)
            {
                _filling = _free.Dequeue();
                _order.Enqueue(_filling);
            }

            SampleTicket ticket = _tickets.Take(_filling);
            if (_filling.Taken == _filling.Samples.Length)
            {
                _filling.StateAfter = _tickets.State;
                _filling = null;
            }

            work.BegunTimestamp = _time.GetTimestamp();
            return ticket;
        }
    }

    private void Finish(SampleWork work, SampleTicket ticket, SampleInfo? sample, ExceptionDispatchInfo? failure)
    {
        lock (_gate)
        {
            work.BegunTimestamp = null;
            _failure ??= failure;
            ticket.Batch.Samples[ticket.Index] = sample;
            ticket.Batch.Filled++;
            if (ticket.Batch.IsComplete || _failure is not null || _paused)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    // Under the lock: waits for news or for the next deadline; throws when a thread is past its own.
    private void WaitForThreads()
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (SampleWork work in _work)
        {
            TimeSpan taken = work.BegunTimestamp is { } begun ? _time.GetElapsedTime(begun) : TimeSpan.Zero;
            if (taken >= _options.Deadline)
            {
                throw new VsrException($"reading one sample of {work.Clip} has taken more than {_options.Deadline.TotalSeconds:0.###} s")
                {
                    Hint = "leave that file out, or raise the loader's deadline if the disk is slow",
                };
            }

            longest = taken > longest ? taken : longest;
        }

        TimeSpan left = _options.Deadline - longest + TimeSpan.FromMilliseconds(1);
        Monitor.Wait(_gate, left < TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1));
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
