using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>
/// Random sequences of frames from clips to the device: several threads read, crop and flip into reused host buffers (pinned for a
/// GPU), which are copied to the device as bytes and converted there.
/// </summary>
/// <remarks>
/// Every window of every clip comes once an epoch, in a true shuffle. What sample a position holds, and its crop and flips, follow
/// from (seed, epoch, position); see <see cref="SampleGenerator"/> and <see cref="ShuffledOrder"/>. Threads start with the first
/// batch. At most <c>PrefetchBatches + 2</c> host buffers are held.
/// </remarks>
public sealed class VideoSequenceLoader : ISequenceLoader
{
    private readonly LoaderPlan _plan;
    private readonly Device _device;
    private readonly BatchFormat _format;
    private readonly HostSampleReader _reader;
    private readonly LoaderCore<HostBatch> _core;
    private readonly PinnedCopies? _copies; // null on the CPU
    private bool _disposed;

    /// <summary>A loader of sequences from clips.</summary>
    /// <param name="source">The clips. Not disposed by the loader, and needed until its end.</param>
    /// <param name="options">What to deliver.</param>
    /// <param name="device">Where batches go. The backend must be loaded.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="VsrException">No clip is long enough, a crop does not fit, or the windows do not fill a batch.</exception>
    public VideoSequenceLoader(IClipSource source, SequenceLoaderOptions options, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _plan = new LoaderPlan(source, options);
        _device = device;
        _format = new BatchFormat(_plan, device);
        bool pinned = device.type == DeviceType.CUDA;
        List<HostBatch> buffers = [];
        for (int i = 0; i < options.PrefetchBatches + PinnedCopies.MostInFlight; i++)
        {
            buffers.Add(new HostBatch(_format.ByteShape, pinned));
        }

        _reader = new HostSampleReader(_plan);
        _core = new LoaderCore<HostBatch>(_plan, _reader, buffers, TimeProvider.System);
        _copies = pinned ? new PinnedCopies(device, _core.Return) : null;
    }

    /// <inheritdoc/>
    public LoaderState State => _core.State;

    /// <inheritdoc/>
    public long TotalWindows => _plan.TotalWindows;

    /// <inheritdoc/>
    public long WindowsPerEpoch => _plan.WindowsPerEpoch;

    /// <inheritdoc/>
    public IReadOnlyList<long> BatchShape => _plan.BatchShape;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _core.Warnings;

    /// <inheritdoc/>
    public LoaderStatistics Statistics => new(_reader.Decoded, _reader.Delivered, _core.Waited);

    /// <inheritdoc/>
    public void Restore(LoaderState state) => _core.Restore(state);

    /// <inheritdoc/>
    public SequenceBatch Next(CancellationToken cancellation = default)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (Tensor bytes, IReadOnlyList<SampleInfo> samples) = NextBytes(cancellation);
        return new SequenceBatch(_format.Convert(bytes).DetachFromDisposeScope(), samples);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SampleInfo> NextInto(Tensor destination, CancellationToken cancellation = default)
    {
        _format.RequireFit(destination);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        if (_format.IsPlainBytes)
        {
            return Deliver(destination, cancellation);
        }

        (Tensor bytes, IReadOnlyList<SampleInfo> samples) = NextBytes(cancellation);
        _format.Convert(bytes, destination);
        return samples;
    }

    /// <summary>Ends the reading threads, in the middle of an epoch too, and frees all buffers.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _copies?.Dispose();
            _core.Dispose();
        }
    }

    private (Tensor Bytes, IReadOnlyList<SampleInfo> Samples) NextBytes(CancellationToken cancellation)
    {
        Tensor bytes = empty(_format.ByteShape, ScalarType.Byte, _device);
        return (bytes, Deliver(bytes, cancellation));
    }

    // Waits for the next batch and copies it: bytes [N, T, C, H, W] on the device.
    private IReadOnlyList<SampleInfo> Deliver(Tensor destination, CancellationToken cancellation)
    {
        _copies?.Reclaim();
        return _core.Deliver(batch => Copy(batch, destination), cancellation);
    }

    private void Copy(HostBatch batch, Tensor destination)
    {
        if (_copies is not null)
        {
            _copies.Copy(batch, destination);
            return;
        }

        destination.copy_(batch.HostFrames);
        _core.Return(batch);
    }
}
