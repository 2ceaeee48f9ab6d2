using System.Collections.Concurrent;

namespace Vsr.Interop.Cuda;

/// <summary>Primary contexts: one a device and process, shared with libtorch.</summary>
internal sealed unsafe partial class CudaDriver
{
    private const int ThreadLocalCapture = 1;
    private readonly ConcurrentDictionary<int, nint> _primaryContexts = new(); // retained until the process ends

    /// <summary>
    /// Makes a device's primary context the calling thread's until the scope is disposed. Calls with the default stream need it, as
    /// that is a stream of the current context, on whatever thread they come: one of libtorch, the finalizer's, one that used no GPU yet.
    /// </summary>
    public CudaContextScope Use(int deviceIndex)
    {
        nint wanted = PrimaryContext(deviceIndex);
        nint before = CurrentContext();
        if (before == wanted)
        {
            return default;
        }

        SetCurrentContext(wanted);
        return new CudaContextScope(this, before);
    }

    /// <summary>
    /// Lets the calling thread allocate and ask for events while another thread records a CUDA graph; else the call fails and breaks
    /// the recording.
    /// </summary>
    public void IgnoreCapturesOfOtherThreads()
    {
        int mode = ThreadLocalCapture;
        Check(((delegate* unmanaged<int*, int>)Find("cuThreadExchangeStreamCaptureMode"))(&mode), "cuThreadExchangeStreamCaptureMode");
    }

    /// <summary>Takes part in a device's primary context; give it back by <see cref="ReleasePrimaryContext"/>.</summary>
    public nint RetainPrimaryContext(int deviceIndex)
    {
        int device;
        Check(((delegate* unmanaged<int*, int, int>)Find("cuDeviceGet"))(&device, deviceIndex), "cuDeviceGet");
        nint context;
        Check(
            ((delegate* unmanaged<nint*, int, int>)Find("cuDevicePrimaryCtxRetain"))(&context, device),
            "cuDevicePrimaryCtxRetain");
        return context;
    }

    public void ReleasePrimaryContext(int deviceIndex)
    {
        int device;
        Check(((delegate* unmanaged<int*, int, int>)Find("cuDeviceGet"))(&device, deviceIndex), "cuDeviceGet");
        _ = ((delegate* unmanaged<int, int>)Find("cuDevicePrimaryCtxRelease_v2"))(device);
    }

    /// <summary>Makes a context the calling thread's; 0 for none.</summary>
    public void SetCurrentContext(nint context) =>
        Check(((delegate* unmanaged<nint, int>)Find("cuCtxSetCurrent"))(context), "cuCtxSetCurrent");

    /// <summary>The calling thread's context; 0 for none.</summary>
    public nint CurrentContext()
    {
        nint context;
        Check(((delegate* unmanaged<nint*, int>)Find("cuCtxGetCurrent"))(&context), "cuCtxGetCurrent");
        return context;
    }

    private nint PrimaryContext(int deviceIndex)
    {
        if (!_primaryContexts.TryGetValue(deviceIndex, out nint context))
        {
            context = RetainPrimaryContext(deviceIndex);
            if (!_primaryContexts.TryAdd(deviceIndex, context))
            {
                ReleasePrimaryContext(deviceIndex);
            }
        }

        return context;
    }
}
