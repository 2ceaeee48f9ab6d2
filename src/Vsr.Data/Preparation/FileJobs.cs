using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Vsr.Video.Writing;

namespace Vsr.Data.Preparation;

/// <summary>Works on files several at a time: one that fails is named and the rest goes on, a full disk and a cancellation end it.</summary>
internal static class FileJobs
{
    /// <summary>Works on all items.</summary>
    /// <param name="items">What to do, begun in this order.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="work">Does one, whole or not at all; called on several threads.</param>
    /// <param name="failed">Is told of one that failed; called on several threads.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="VsrException">The disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run<T>(
        IReadOnlyCollection<T> items, int jobs, Action<T, CancellationToken> work, Action<T, VsrException> failed, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        VsrException? full = null;
        try
        {
            Parallel.ForEach(
                Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering),    // files differ in length
                new ParallelOptions { MaxDegreeOfParallelism = jobs },
                Work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        if (full is not null)
        {
            throw full;
        }

        cancellation.ThrowIfCancellationRequested();

        void Work(T item)
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                work(item, stop.Token);
            }
            catch (VsrException failure) when (DestinationFailure.IsOne(failure))
            {
                full = failure;
                stop.Cancel();
            }
            catch (OperationCanceledException)
            {
                stop.Cancel();
            }
            catch (VsrException failure)
            {
                failed(item, failure);
            }
        }
    }
}
