namespace Vsr.Interop.Cuda;

/// <summary>Primary contexts: one a device and process, shared with libtorch.</summary>
internal sealed unsafe partial class CudaDriver
{
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
}
