namespace Vsr.Interop.Nvrtc;

/// <summary>NVRTC is not there, or refused a program.</summary>
internal sealed class NvrtcException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The compiler's output; empty where it said nothing.</summary>
    public string Log { get; init; } = "";
}
