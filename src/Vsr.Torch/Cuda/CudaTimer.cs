using System.Diagnostics;
using TorchSharp;

namespace Vsr.Torch;

/// <summary>Takes the time of work on a device: by events on a GPU, by the host's clock on the CPU.</summary>
/// <remarks>Between start and stop nothing waits for the device; reading the time does. Use on one thread and one stream.</remarks>
public sealed class CudaTimer : IDisposable
{
    private readonly torch.Device _device;
    private readonly CudaEvent? _start;
    private readonly CudaEvent? _stop;
    private long _startTicks;
    private long _stopTicks;

    /// <summary>Makes a timer for a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="waitsAsleep">Whether reading the time sleeps until the device gets there; else the thread spins.</param>
    public CudaTimer(torch.Device device, bool waitsAsleep = false)
    {
        _device = device ?? throw new ArgumentNullException(nameof(device));
        if (device.type == DeviceType.CUDA)
        {
            CudaStream stream = CudaStream.Current(device);
            _start = new CudaEvent(stream);
            _stop = new CudaEvent(stream, waitsAsleep: waitsAsleep);
        }
    }

    /// <summary>Milliseconds from the last start to the last stop; waits for the device to get there.</summary>
    public double ElapsedMilliseconds => _start is not null && _stop is not null
        ? _start.MillisecondsTo(_stop)
        : Stopwatch.GetElapsedTime(_startTicks, _stopTicks).TotalMilliseconds;

    /// <summary>Milliseconds from this timer's last start to a later one's last stop, what lay between them included; waits for the device.</summary>
    /// <param name="later">A timer of the same device.</param>
    public double MillisecondsTo(CudaTimer later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return _start is not null && later._stop is not null
            ? _start.MillisecondsTo(later._stop)
            : Stopwatch.GetElapsedTime(_startTicks, later._stopTicks).TotalMilliseconds;
    }

    /// <summary>Marks the start, after the work that the current stream holds now.</summary>
    public void Start()
    {
        _start?.Record(CudaStream.Current(_device));
        _startTicks = Stopwatch.GetTimestamp();
    }

    /// <summary>Marks the end, after the work that the current stream holds now.</summary>
    public void Stop()
    {
        _stop?.Record(CudaStream.Current(_device));
        _stopTicks = Stopwatch.GetTimestamp();
    }

    /// <summary>Destroys the events.</summary>
    public void Dispose()
    {
        _start?.Dispose();
        _stop?.Dispose();
    }
}
