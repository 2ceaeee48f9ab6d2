using System.Runtime.ExceptionServices;

namespace Vsr.Data;

/// <summary>
/// Threads that fill batches ahead of a consumer. Samples are handed out one by one in their order, batches are delivered in their
/// order, and a thread only waits when all buffers are full: how many threads there are changes the speed and nothing else.
/// </summary>
/// <remarks>
/// Buffers move: free -> being filled (in <c>_order</c>) -> lent to the consumer -> free. Monitor lock on <c>_gate</c> for all state.
/// Threads without a sample wait on the lock, and as many are woken as there are new samples; the consumer waits for <c>_news</c>.
/// </remarks>
internal sealed class BatchProducer<TBatch> : IDisposable
    where TBatch : LoaderBatch
{
    private readonly object _gate = new();
    private readonly AutoResetEvent _news = new(false);
    private readonly SampleReader<TBatch> _reader;
    private readonly TicketSequence _tickets;
    private readonly SequenceLoaderOptions _options;
    private readonly TimeProvider _time;
    private readonly List<TBatch> _all;
    private readonly Queue<TBatch> _free;
    private readonly Queue<TBatch> _order = new(); // handed out at least in part, oldest first
    private readonly SampleWork[] _work;
    private readonly Thread[] _threads;
    private TBatch? _filling;
    private ExceptionDispatchInfo? _failure;
    private bool _started;
    private bool _paused;
    private bool _stopping;

    /// <summary>Takes over the buffers and the reader; threads start with the first <see cref="Take"/>.</summary>
    public BatchProducer(
        SampleReader<TBatch> reader, TicketSequence tickets, SequenceLoaderOptions options, List<TBatch> buffers, TimeProvider time)
    {
        _reader = reader;
        _tickets = tickets;
        _options = options;
        _time = time;
        _all = buffers;
        _free = new Queue<TBatch>(buffers);
        _work = [.. Enumerable.Range(0, options.EffectiveThreads).Select(_ => reader.NewWork())];
        _threads = new Thread[_work.Length];
    }

    /// <summary>Waits for the oldest batch. The caller gives it back with <see cref="Return"/>. One thread at a time.</summary>
    /// <exception cref="VsrException">A sample takes longer than the deadline, or all buffers are lent for as long.</exception>
    public TBatch Take(CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.Register(() => _news.Set());
        long asked = _time.GetTimestamp();
        while (true)
        {
            TimeSpan left;
            lock (_gate)
            {
                Start();
                cancellation.ThrowIfCancellationRequested();
                _failure?.Throw();
                if (_order.TryPeek(out TBatch? oldest) && oldest.IsComplete)
                {
                    return _order.Dequeue();
                }

                left = _order.Count == 0 && _free.Count == 0 ? TimeForBuffers(asked) : TimeForSamples();
            }

            _news.WaitOne(left);
        }
    }

    /// <summary>Gives a batch's buffer back.</summary>
    public void Return(TBatch batch)
    {
        lock (_gate)
        {
            batch.Reset();
            _free.Enqueue(batch);
            for (int i = 0; i < batch.Samples.Length; i++)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Forgets the batches under way and goes on from a state. Not while another thread is in <see cref="Take"/>.</summary>
    public void Restore(LoaderState state)
    {
        try
        {
            Pause();
            lock (_gate)
            {
                while (_order.TryDequeue(out TBatch? batch))
                {
                    batch.Reset();
                    _free.Enqueue(batch);
                }

                _filling = null;
                _failure = null;
                _tickets.State = state;
            }
        }
        finally
        {
            lock (_gate)
            {
                _paused = false;
                Monitor.PulseAll(_gate);
            }
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
        _reader.Dispose();
        _news.Dispose();
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
        bool begun = false;
        while (WaitForTicket(work) is { } next)
        {
            SampleInfo? sample = null;
            Attempt(() =>
            {
                if (!begun)
                {
                    work.BeginThread();
                    begun = true;
                }

                sample = _reader.Read(next.Batch, next.Ticket, work);
            });
            Finish(work, next.Batch, next.Ticket, sample);
        }

        Attempt(work.Dispose);
    }

    // What fails is handed to the consumer, who throws it again.
    private void Attempt(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031
        catch (Exception caught)
#pragma warning restore CA1031
        {
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(caught);
                _news.Set();
            }
        }
    }

    private (TBatch Batch, SampleTicket Ticket)? WaitForTicket(SampleWork work)
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

            TBatch batch = _filling;
            SampleTicket ticket = _tickets.Take(batch.Taken++);
            if (batch.Taken == batch.Samples.Length)
            {
                batch.StateAfter = _tickets.State;
                _filling = null;
            }

            work.BegunTimestamp = _time.GetTimestamp();
            return (batch, ticket);
        }
    }

    private void Finish(SampleWork work, TBatch batch, SampleTicket ticket, SampleInfo? sample)
    {
        lock (_gate)
        {
            work.BegunTimestamp = null;
            batch.Samples[ticket.Index] = sample;
            batch.Filled++;
            if (_failure is not null || _paused || (batch.IsComplete && ReferenceEquals(batch, _order.Peek())))
            {
                _news.Set();
            }
        }
    }

    // Waits until no thread is at a sample; none begins another.
    private void Pause()
    {
        while (true)
        {
            TimeSpan left;
            lock (_gate)
            {
                _paused = true;
                if (_work.All(work => work.BegunTimestamp is null))
                {
                    return;
                }

                left = TimeForSamples();
            }

            _news.WaitOne(left);
        }
    }

    // Under the lock: how long to wait for news of the threads; throws when one is past its deadline.
    private TimeSpan TimeForSamples()
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

        return Until(longest);
    }

    // Under the lock: nothing can be filled before a buffer comes back.
    private TimeSpan TimeForBuffers(long asked)
    {
        TimeSpan taken = _time.GetElapsedTime(asked);
        return taken < _options.Deadline
            ? Until(taken)
            : throw new VsrException($"all {_all.Count} batches of the loader are held, none came back in {_options.Deadline.TotalSeconds:0.###} s")
            {
                Hint = "dispose each batch when the work with it is queued, and clone what is to be kept",
            };
    }

    private TimeSpan Until(TimeSpan taken)
    {
        TimeSpan left = _options.Deadline - taken + TimeSpan.FromMilliseconds(1);
        return left < TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1);
    }
}
