namespace Vsr.Interop.Cuda;

/// <summary>The driver's CUstreamCaptureStatus.</summary>
internal enum StreamCaptureStatus
{
    None = 0,
    Active = 1,

    /// <summary>Something that a graph cannot hold was done during the capture.</summary>
    Invalidated = 2,
}
