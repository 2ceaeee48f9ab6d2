using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Torch;

namespace Vsr.Cli.Bench.Training;

/// <summary>Takes the time of one step after the other, without waiting for the device between them, and of what lies between.</summary>
/// <param name="device">Where the steps run.</param>
/// <param name="profiledStep">The step, counted from 0, that an attached profiler is to see alone; null for none.</param>
internal sealed class StepClock(torch.Device device, int? profiledStep = null) : IDisposable
{
    private readonly List<CudaTimer> _steps = [];

    /// <summary>Steps begun so far.</summary>
    public int Count => _steps.Count;

    /// <summary>A step's input is in place: what is queued from now on is its work.</summary>
    public void Begin()
    {
        if (_steps.Count == profiledStep)
        {
            torch.cuda.synchronize(device);
            CudaDriver.Instance.StartProfiler();
        }

        CudaTimer timer = new(device);
        _steps.Add(timer);
        timer.Start();
    }

    /// <summary>All of the step's work is queued.</summary>
    public void End()
    {
        if (_steps.Count > 0)
        {
            _steps[^1].Stop();
        }

        if (_steps.Count - 1 == profiledStep)
        {
            torch.cuda.synchronize(device);
            CudaDriver.Instance.StopProfiler();
        }
    }

    /// <summary>The milliseconds of all steps but the first so many, and how long each takes with what lies between it and the next.</summary>
    /// <remarks>
    /// Both by the device's clock, and waiting for it: by the host's, steps that were queued before and are still at work would count.
    /// Where the host queues too slowly, the device idles between steps.
    /// </remarks>
    public (IReadOnlyList<double> DeviceMs, double WallMs) After(int skip)
    {
        double[] times = [.. _steps.Skip(skip).Select(step => step.ElapsedMilliseconds)];
        double between = _steps[skip].MillisecondsTo(_steps[^1]) - times.Sum();
        return (times, times.Average() + (between / Math.Max(1, times.Length - 1)));
    }

    public void Dispose() => _steps.ForEach(step => step.Dispose());
}
