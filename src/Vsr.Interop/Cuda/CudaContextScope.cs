namespace Vsr.Interop.Cuda;

/// <summary>Gives the calling thread the context back that it had before; see <see cref="CudaDriver.Use"/>.</summary>
/// <param name="driver">The driver.</param>
/// <param name="before">The context, 0 for none.</param>
internal readonly struct CudaContextScope(CudaDriver driver, nint before) : IDisposable
{
    /// <summary>Does nothing where the context was not changed.</summary>
    public void Dispose() => ((CudaDriver?)driver)?.SetCurrentContext(before);
}
