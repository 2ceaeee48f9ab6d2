using Vsr.Torch;
using Vsr.Torch.Loading;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>
/// Copies from pinned host buffers to a GPU that the host does not wait for. A buffer is filled again only when the device has passed
/// its copy; the host runs at most <see cref="MostInFlight"/> batches ahead of the device.
/// </summary>
/// <remarks>Used by the consumer's thread. Copies go to its current stream.</remarks>
internal sealed class PinnedCopies(Device device, Action<HostBatch> giveBack) : IDisposable
{
    /// <summary>Buffers that the device may still read from while the next batch is asked for.</summary>
    public const int MostInFlight = 2;

    private readonly Queue<(HostBatch Batch, CudaEvent Passed)> _inFlight = new();
    private readonly Stack<CudaEvent> _events = new();

    /// <summary>Gives back the buffers that the device is done with; waits for the oldest when there are too many.</summary>
    public void Reclaim()
    {
        while (_inFlight.TryPeek(out var oldest) && (_inFlight.Count >= MostInFlight || oldest.Passed.IsDone))
        {
            oldest.Passed.Synchronize();
            _inFlight.Dequeue();
            _events.Push(oldest.Passed);
            giveBack(oldest.Batch);
        }
    }

    /// <summary>Queues a copy; the buffer comes back by <see cref="Reclaim"/>.</summary>
    public void Copy(HostBatch batch, Tensor destination)
    {
        CudaStream stream = LibTorchHasStreams() ? CudaStream.Current(device) : CudaStream.FromHandle(device, 0);
        if (!_events.TryPop(out CudaEvent? passed))
        {
            passed = new CudaEvent(stream, timed: false);
        }

        destination.copy_(batch.HostFrames, nonBlocking: true);
        passed.Record(stream);
        _inFlight.Enqueue((batch, passed));
    }

    /// <summary>Waits for all copies, so that the buffers can be freed.</summary>
    public void Dispose()
    {
        while (_inFlight.TryDequeue(out var copy))
        {
            copy.Passed.Synchronize();
            copy.Passed.Dispose();
            giveBack(copy.Batch);
        }

        while (_events.TryPop(out CudaEvent? unused))
        {
            unused.Dispose();
        }
    }

    private static bool LibTorchHasStreams() => LoadedLibTorch.Current.Bridge.Streams is not null;
}
