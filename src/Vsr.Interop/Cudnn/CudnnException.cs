namespace Vsr.Interop.Cudnn;

/// <summary>A call of cuDNN failed.</summary>
internal sealed class CudnnException : Exception
{
    // cudnnStatus_t of cuDNN 9 goes by thousands: 2000 wrong parameters, 3000 not supported, 4000 internal and memory, 5000 execution
    private const int FirstBadParameter = 2000;
    private const int FirstInternal = 4000;

    private readonly int _status;

    public CudnnException(string call, int status, string reason)
        : base($"{call} failed: {reason}") => _status = status;

    /// <summary>Whether this work is what cuDNN does not do, rather than something gone wrong.</summary>
    public bool IsUnsupported => _status is >= FirstBadParameter and < FirstInternal;
}
