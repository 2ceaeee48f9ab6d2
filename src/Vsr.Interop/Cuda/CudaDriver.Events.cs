namespace Vsr.Interop.Cuda;

/// <summary>Events, streams and contexts.</summary>
internal sealed unsafe partial class CudaDriver
{
    private const int NotReady = 600;
    private const uint BlockingSync = 1;
    private const uint DisableTiming = 2;

    /// <summary>Makes the device's primary context, which libtorch uses too, current on this thread when none is.</summary>
    public void EnsureContext(int deviceIndex)
    {
        if (CurrentContext() == 0)
        {
            SetCurrentContext(PrimaryContext(deviceIndex));
        }
    }

    /// <summary>Makes an event.</summary>
    /// <param name="timed">Whether the device notes the time.</param>
    /// <param name="waitsAsleep">Whether a thread that waits for it sleeps rather than spins.</param>
    public nint CreateEvent(bool timed, bool waitsAsleep = false)
    {
        nint handle;
        uint flags = (timed ? 0 : DisableTiming) | (waitsAsleep ? BlockingSync : 0);
        Check(((delegate* unmanaged<nint*, uint, int>)Find("cuEventCreate"))(&handle, flags), "cuEventCreate");
        return handle;
    }

    public void DestroyEvent(nint handle) => ((delegate* unmanaged<nint, int>)Find("cuEventDestroy_v2"))(handle);

    public void RecordEvent(nint handle, nint stream) =>
        Check(((delegate* unmanaged<nint, nint, int>)Find("cuEventRecord"))(handle, stream), "cuEventRecord");

    public void SynchronizeEvent(nint handle) =>
        Check(((delegate* unmanaged<nint, int>)Find("cuEventSynchronize"))(handle), "cuEventSynchronize");

    public bool IsEventDone(nint handle)
    {
        int result = ((delegate* unmanaged<nint, int>)Find("cuEventQuery"))(handle);
        if (result == NotReady)
        {
            return false;
        }

        Check(result, "cuEventQuery");
        return true;
    }

    /// <summary>Milliseconds between two timed events that the device has passed.</summary>
    public float ElapsedMilliseconds(nint start, nint end)
    {
        float milliseconds;
        Check(((delegate* unmanaged<float*, nint, nint, int>)Find("cuEventElapsedTime"))(&milliseconds, start, end), "cuEventElapsedTime");
        return milliseconds;
    }

    /// <summary>Tells an attached profiler, such as ncu with "--profile-from-start off", to begin; without one nothing happens.</summary>
    public void StartProfiler() => Check(((delegate* unmanaged<int>)Find("cuProfilerStart"))(), "cuProfilerStart");

    public void StopProfiler() => Check(((delegate* unmanaged<int>)Find("cuProfilerStop"))(), "cuProfilerStop");

    public void WaitEvent(nint stream, nint handle) =>
        Check(((delegate* unmanaged<nint, nint, uint, int>)Find("cuStreamWaitEvent"))(stream, handle, 0), "cuStreamWaitEvent");

    public void SynchronizeStream(nint stream) =>
        Check(((delegate* unmanaged<nint, int>)Find("cuStreamSynchronize"))(stream), "cuStreamSynchronize");

    public StreamCaptureStatus CaptureStatus(nint stream)
    {
        int status;
        Check(((delegate* unmanaged<nint, int*, int>)Find("cuStreamIsCapturing"))(stream, &status), "cuStreamIsCapturing");
        return (StreamCaptureStatus)status;
    }

    /// <summary>Ends a capture that went wrong and throws its graph away; never fails.</summary>
    public void AbandonCapture(nint stream)
    {
        nint graph = 0;
        _ = ((delegate* unmanaged<nint, nint*, int>)Find("cuStreamEndCapture"))(stream, &graph);
        if (graph != 0)
        {
            _ = ((delegate* unmanaged<nint, int>)Find("cuGraphDestroy"))(graph);
        }
    }
}
