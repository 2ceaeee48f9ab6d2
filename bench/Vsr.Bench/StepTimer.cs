using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Torch;

namespace Vsr.Bench;

/// <summary>Takes the time of one step after the other without waiting for the device between them.</summary>
/// <param name="device">The GPU.</param>
/// <param name="profiledStep">The step, counted from 0, that an attached profiler is to see alone; null for none.</param>
internal sealed class StepTimer(torch.Device device, int? profiledStep = null) : IDisposable
{
    private readonly List<CudaTimer> _timers = [];
    private CudaTimer? _running;

    /// <summary>Ends the step in progress, if there is one, and begins the next.</summary>
    public void Next()
    {
        Stop();
        ShowToProfiler();
        _running = new CudaTimer(device);
        _timers.Add(_running);
        _running.Start();
    }

    public void Stop()
    {
        _running?.Stop();
        _running = null;
    }

    /// <summary>The milliseconds of all steps but the first so many; waits for the device.</summary>
    public IReadOnlyList<double> After(int skip)
    {
        Stop();
        return _timers.Skip(skip).Select(timer => timer.ElapsedMilliseconds).ToArray();
    }

    public void Dispose() => _timers.ForEach(timer => timer.Dispose());

    private void ShowToProfiler()
    {
        if (_timers.Count == profiledStep)
        {
            torch.cuda.synchronize(device);
            CudaDriver.Instance.StartProfiler();
        }
        else if (_timers.Count - 1 == profiledStep)
        {
            torch.cuda.synchronize(device);
            CudaDriver.Instance.StopProfiler();
        }
    }
}
