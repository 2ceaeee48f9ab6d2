using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>One reused batch in a GPU's memory: decoders' streams write each sample in its place, the consumer's stream reads the whole.</summary>
/// <remarks>
/// Order on the device is kept by events alone. A sample's place is written after the consumer's stream has passed the point at
/// which the last tensor over the batch was given up, and after whoever wrote that place before; it is read after it was written.
/// </remarks>
internal sealed class DeviceBatch : LoaderBatch
{
    private readonly Lock _lock = new();
    private readonly CudaEvent[] _written;
    private readonly CudaEvent _released;
    private readonly long _sampleBytes;
    private bool _isLent;
    private bool _isDisposed;

    /// <summary>Allocates the memory and its events.</summary>
    /// <param name="shape">N, then the sample's dimensions.</param>
    /// <param name="type">Number type.</param>
    /// <param name="device">The GPU.</param>
    public DeviceBatch(long[] shape, ScalarType type, Device device)
        : base((int)shape[0])
    {
        using IDisposable noGrad = no_grad();
        Frames = empty(shape, type, device).DetachFromDisposeScope();
        Address = TensorMemory.Address(Frames);
        _sampleBytes = Frames.numel() / shape[0] * Frames.ElementSize;
        CudaStream stream = CudaStream.Current(device);
        _written = [.. Enumerable.Range(0, Samples.Length).Select(_ => new CudaEvent(stream, timed: false))];
        _released = new CudaEvent(stream, timed: false);
        _released.Record(stream);                                               // libtorch may have given memory that its stream still uses
    }

    /// <summary>The memory: [N, T, C, H, W] or [N, C, T, H, W].</summary>
    public Tensor Frames { get; }

    /// <summary>Device address of the first value.</summary>
    public nint Address { get; }

    /// <summary>Device address of a sample's first value.</summary>
    public nint AddressOf(int sample) => Address + (nint)(sample * _sampleBytes);

    /// <summary>Lets what a stream does from now on to a sample's place come after all that was done to it before.</summary>
    public void HoldWriter(int sample, CudaStream stream)
    {
        _released.Hold(stream);
        _written[sample].Hold(stream);
    }

    /// <summary>Marks the end of what a stream holds now as the point at which a sample is written.</summary>
    public void MarkWritten(int sample, CudaStream stream) => _written[sample].Record(stream);

    /// <summary>Lets what a stream does from now on see all samples.</summary>
    public void HoldReader(CudaStream stream)
    {
        foreach (CudaEvent written in _written)
        {
            written.Hold(stream);
        }
    }

    /// <summary>The batch is in the consumer's hands until <see cref="Release"/>: it outlives its loader if need be.</summary>
    public void Lend()
    {
        lock (_lock)
        {
            _isLent = true;
        }
    }

    /// <summary>The batch may be written again after what a stream holds now.</summary>
    /// <returns>False where the loader is gone: nobody will write it, and its memory is freed.</returns>
    public bool Release(CudaStream stream)
    {
        lock (_lock)
        {
            _isLent = false;
            _released.Record(stream);
            if (_isDisposed)
            {
                Free();
            }

            return !_isDisposed;
        }
    }

    /// <summary>Frees the memory now, or when the consumer gives it back.</summary>
    public override void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                if (!_isLent)
                {
                    Free();
                }
            }
        }
    }

    private void Free()
    {
        foreach (CudaEvent written in _written)
        {
            written.Synchronize();
            written.Dispose();
        }

        _released.Synchronize();
        _released.Dispose();
        Frames.Dispose();
    }
}
