namespace Vsr.Interop.Cuda;

/// <summary>A call of the CUDA driver failed.</summary>
internal sealed class CudaDriverException : Exception
{
    private const int OutOfMemory = 2;

    public CudaDriverException(string call, int result, string name)
        : base($"{call} failed: {name}") => Result = result;

    /// <summary>The driver's CUresult.</summary>
    public int Result { get; }

    /// <summary>The device's memory did not suffice.</summary>
    public bool IsOutOfMemory => Result == OutOfMemory;
}
