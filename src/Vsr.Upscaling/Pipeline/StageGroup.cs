using System.Runtime.ExceptionServices;

namespace Vsr.Upscaling.Pipeline;

/// <summary>Threads that work together: when one fails or the caller cancels, all stop, and the first failure is what the caller sees.</summary>
internal sealed class StageGroup : IDisposable
{
    private readonly List<Thread> _threads = [];
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private ExceptionDispatchInfo? _failure;

    public StageGroup(CancellationToken caller)
    {
        _caller = caller;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
    }

    /// <summary>Cancelled when the caller cancels or a stage fails; every blocking call of a stage takes it.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Runs a stage on a thread of its own.</summary>
    public void Start(string name, Action work)
    {
        Thread thread = new(() => Run(work)) { Name = name, IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }

    /// <summary>Waits for all stages and throws the first failure, or the caller's cancellation.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public void Join()
    {
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _caller.ThrowIfCancellationRequested();
        _failure?.Throw();
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _stop.Dispose();
    }

    private void Run(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Another stage failed or the caller cancelled: that is what Join reports.
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            _stop.Cancel();
        }
    }
}
