using Vsr.Interop.Cuda;

namespace Vsr.Torch;

/// <summary>A mark in a stream that host and other streams can wait for, and whose time can be taken.</summary>
public sealed class CudaEvent : IDisposable
{
    private readonly CudaDriver _driver = CudaDriver.Instance;
    private readonly int _device;
    private nint _handle;

    /// <summary>Makes an event on the device of a stream.</summary>
    /// <param name="stream">Any stream of the device.</param>
    /// <param name="timed">Whether the device notes the time; without it an event is cheaper.</param>
    /// <param name="waitsAsleep">Whether <see cref="Synchronize"/> sleeps: some 50 microseconds later than spinning, and no load on the processor.</param>
    public CudaEvent(CudaStream stream, bool timed = true, bool waitsAsleep = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _device = stream.DeviceIndex;
        _driver.EnsureContext(_device);                      // stays the thread's, as after libtorch's first operator
        using CudaContextScope context = _driver.Use(_device);
        _handle = _driver.CreateEvent(timed, waitsAsleep);
    }

    /// <summary>Whether the device has passed the mark; true before the first <see cref="Record"/>.</summary>
    public bool IsDone
    {
        get
        {
            using CudaContextScope context = _driver.Use(_device);
            return _driver.IsEventDone(_handle);
        }
    }

    /// <summary>Sets the mark after what the stream holds now.</summary>
    public void Record(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using CudaContextScope context = _driver.Use(stream.DeviceIndex);
        _driver.RecordEvent(_handle, stream.Handle);
    }

    /// <summary>Lets what is queued in a stream from now on start after the mark. Does not wait on the host.</summary>
    public void Hold(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using CudaContextScope context = _driver.Use(stream.DeviceIndex);
        _driver.WaitEvent(stream.Handle, _handle);
    }

    /// <summary>Blocks the calling thread until the device has passed the mark.</summary>
    public void Synchronize()
    {
        using CudaContextScope context = _driver.Use(_device);
        _driver.SynchronizeEvent(_handle);
    }

    /// <summary>Milliseconds of the device's clock from this mark to a later one; waits for the later one.</summary>
    public double MillisecondsTo(CudaEvent later)
    {
        ArgumentNullException.ThrowIfNull(later);
        later.Synchronize();
        using CudaContextScope context = _driver.Use(_device);
        return _driver.ElapsedMilliseconds(_handle, later._handle);
    }

    /// <summary>Destroys the event; work that waits for it still does.</summary>
    public void Dispose()
    {
        if (_handle != 0)
        {
            using CudaContextScope context = _driver.Use(_device);
            _driver.DestroyEvent(_handle);
            _handle = 0;
        }
    }
}
