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
    private readonly IClipSource _source;
    private readonly Device _device;
    private readonly long[] _shape;
    private readonly CountedClips _counts;
    private readonly SampleAssembler _assembler;
    private readonly BatchProducer _producer;
    private readonly PinnedCopies? _copies; // null on the CPU
    private readonly SequenceLoaderOptions _options;
    private readonly TimeProvider _time = TimeProvider.System;
    private TimeSpan _waited;
    private bool _disposed;

    /// <summary>A loader of sequences from clips.</summary>
    /// <param name="source">The clips. Not disposed by the loader, and needed until its end.</param>
    /// <param name="options">What to deliver.</param>
    /// <param name="device">Where batches go. The backend must be loaded.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="VsrException">No clip is long enough, a crop does not fit, or the windows do not fill a batch.</exception>
    public VideoSequenceLoader(IClipSource source, SequenceLoaderOptions options, Device device)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(device);
        options.Validate();
        _source = source;
        _options = options;
        _device = device;
        SamplePlanner planner = new(source, options);
        TotalWindows = planner.Windows.Count;
        EpochPlan epochs = new(TotalWindows, options.Shard, options.ShardCount, options.BatchSize, options.EpochEnd);
        WindowsPerEpoch = epochs.SamplesPerEpoch;
        RequireSamples();
        _shape = [options.BatchSize, options.Frames, 3, planner.CropHeight, planner.CropWidth];
        State = new LoaderState(options.Seed, 0, 0);
        List<HostBatch> buffers = [];
        for (int i = 0; i < options.PrefetchBatches + PinnedCopies.MostInFlight; i++)
        {
            buffers.Add(new HostBatch(_shape, device.type == DeviceType.CUDA));
        }

        _counts = new CountedClips(source);
        _assembler = new SampleAssembler(_counts, planner, options.MaxOpenClips);
        TicketSequence tickets = new(epochs, TotalWindows, options.Shuffle, State);
        _producer = new BatchProducer(_assembler, tickets, options, buffers, _time);
        _copies = device.type == DeviceType.CUDA ? new PinnedCopies(device, _producer.Return) : null;
    }

    /// <inheritdoc/>
    public LoaderState State { get; private set; }

    /// <inheritdoc/>
    public long TotalWindows { get; }

    /// <inheritdoc/>
    public long WindowsPerEpoch { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> BatchShape => _shape;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => [.. _source.Warnings, .. _assembler.Warnings];

    /// <inheritdoc/>
    public LoaderStatistics Statistics => new(_counts.Decoded, _counts.Delivered, _waited);

    /// <inheritdoc/>
    public void Restore(LoaderState state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (state.Epoch < 0 || state.Position < 0 || state.Position > WindowsPerEpoch)
        {
            throw new ArgumentOutOfRangeException(nameof(state), state,
                $"position {state.Position} of epoch {state.Epoch} does not exist, an epoch has {WindowsPerEpoch} samples; restore "
                + "with the clips and options the state was saved with");
        }

        LoaderState next = state.Position == WindowsPerEpoch ? state with { Epoch = state.Epoch + 1, Position = 0 } : state;
        _producer.Restore(next);
        State = next;
    }

    /// <inheritdoc/>
    public SequenceBatch Next(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor deviceBytes = empty(_shape, ScalarType.Byte, _device);
        IReadOnlyList<SampleInfo> samples = Deliver(deviceBytes, cancellation);
        Tensor frames = deviceBytes.to(ScalarType.Float32).div_(255).DetachFromDisposeScope();
        return new SequenceBatch(frames, samples);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SampleInfo> NextInto(Tensor destination, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        RequireDestination(destination);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return Deliver(destination, cancellation);
    }

    /// <summary>Ends the reading threads, in the middle of an epoch too, and frees all buffers.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _copies?.Dispose();
            _producer.Dispose();
        }
    }

    // Waits for the next batch and copies it; a failed copy leaves the state where it was.
    private SampleInfo[] Deliver(Tensor destination, CancellationToken cancellation)
    {
        _copies?.Reclaim();
        long asked = _time.GetTimestamp();
        HostBatch batch = _producer.Take(cancellation);
        _waited += _time.GetElapsedTime(asked);
        SampleInfo[] samples = [.. batch.Samples.Select(sample => sample!)];
        LoaderState after = batch.StateAfter;
        try
        {
            if (_copies is not null)
            {
                _copies.Copy(batch, destination);
            }
            else
            {
                destination.copy_(batch.HostFrames);
                _producer.Return(batch);
            }
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

    private void RequireSamples()
    {
        if (WindowsPerEpoch == 0)
        {
            throw new VsrException($"the {TotalWindows} windows of the clips do not fill one batch of {_options.BatchSize} for each of "
                + $"{_options.ShardCount} shards")
            {
                Hint = "use a smaller batch, fewer shards, more clips, or batches that go on into the next epoch",
            };
        }
    }

    private void RequireDestination(Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (destination.dtype != ScalarType.Byte || !destination.shape.SequenceEqual(_shape)
            || destination.device_type != _device.type || !destination.is_contiguous())
        {
            throw new ArgumentException($"the destination is {destination.dtype} [{string.Join(", ", destination.shape)}] on "
                + $"{destination.device}; it must be contiguous Byte [{string.Join(", ", _shape)}] on {_device}", nameof(destination));
        }
    }
}
