namespace Vsr.Interop.Cuda;

/// <summary>A call of the CUDA driver failed.</summary>
internal sealed class CudaDriverException : Exception
{
    public CudaDriverException(string call, int result, string name)
        : base($"{call} failed: {name}") => Result = result;

    /// <summary>The driver's CUresult.</summary>
    public int Result { get; }
}
