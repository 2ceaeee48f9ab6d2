namespace Vsr.Interop.Cudnn;

/// <summary>A call of cuDNN failed.</summary>
internal sealed class CudnnException : Exception
{
    // cudnnStatus_t of cuDNN 9 goes by thousands: 1000 not started, 2000 wrong parameters, 3000 not supported, 4000 internal, 5000 execution
    private const int FirstExecution = 5000;
    private const int HostAllocation = 4003;
    private const int DeviceAllocation = 4004;

    private readonly int _status;

    public CudnnException(string call, int status, string reason)
        : base($"{call} failed: {reason}") => _status = status;

    /// <summary>Whether memory did not suffice.</summary>
    public bool IsOutOfMemory => _status is HostAllocation or DeviceAllocation;

    /// <summary>Whether cuDNN cannot do this, so that others may; not that work which it had begun failed.</summary>
    public bool IsRefusal => _status < FirstExecution && !IsOutOfMemory;
}
