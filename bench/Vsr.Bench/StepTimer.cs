using TorchSharp;
using Vsr.Torch;

namespace Vsr.Bench;

/// <summary>Takes the time of one step after the other without waiting for the device between them.</summary>
internal sealed class StepTimer(torch.Device device) : IDisposable
{
    private readonly List<CudaTimer> _timers = [];
    private CudaTimer? _running;

    /// <summary>Ends the step in progress, if there is one, and begins the next.</summary>
    public void Next()
    {
        Stop();
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
}
