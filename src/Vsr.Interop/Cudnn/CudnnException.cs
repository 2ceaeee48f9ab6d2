namespace Vsr.Interop.Cudnn;

/// <summary>A call of cuDNN failed.</summary>
internal sealed class CudnnException : Exception
{
    public CudnnException(string call, string reason)
        : base($"{call} failed: {reason}")
    {
    }
}
