using Vsr.Interop.Cuda;

namespace Vsr.Video;

/// <summary>Tells what is wrong with the GPU or its engine from what may be wrong with a file.</summary>
internal static class NvdecFailure
{
    // CUresult: no memory, the driver ends, the device is busy elsewhere, no context, a memory error that cannot be corrected.
    private static readonly int[] OfDevice = [2, 4, 46, 201, 214];

    // From an illegal address to a failed kernel: the context cannot be used again, whoever broke it.
    private const int FirstOfContext = 700;
    private const int LastOfContext = 719;

    /// <summary>
    /// Whether another file would fail as well: the engine is stuck, the device has no memory left or its context is broken. Damaged
    /// files make the driver fail in other ways.
    /// </summary>
    public static bool IsOfDevice(Exception failure) => failure switch
    {
        NvdecTimeoutException => true,
        CudaDriverException { Result: >= FirstOfContext and <= LastOfContext } => true,
        CudaDriverException driver => OfDevice.Contains(driver.Result),
        { InnerException: { } inner } => IsOfDevice(inner),
        _ => false,
    };
}
