namespace Vsr.Torch;

/// <summary>Makes a stream the calling thread's current one until disposed.</summary>
/// <remarks>Dispose on the same thread, scopes in reverse order; never across an await.</remarks>
public sealed class CudaStreamScope : IDisposable
{
    private readonly CudaStream _stream;
    private readonly nint _before;
    private bool _disposed;

    /// <summary>Makes a stream current.</summary>
    /// <exception cref="BackendException">The loaded libtorch has no streams.</exception>
    public CudaStreamScope(CudaStream stream)
    {
        _stream = stream ?? throw new ArgumentNullException(nameof(stream));
        _before = CudaStream.Require().Current(stream.DeviceIndex);
        CudaStream.Require().SetCurrent(stream.Handle, stream.DeviceIndex);
    }

    /// <summary>Makes the stream from before current again. Neither stream waits for the other.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            CudaStream.Require().SetCurrent(_before, _stream.DeviceIndex);
        }
    }
}
