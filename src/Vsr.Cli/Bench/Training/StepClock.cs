using System.Diagnostics;
using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Torch;

namespace Vsr.Cli.Bench.Training;

/// <summary>Takes the device's time of one step after the other, without waiting for the device between them, and the wall time of all.</summary>
/// <param name="device">Where the steps run.</param>
/// <param name="profiledStep">The step, counted from 0, that an attached profiler is to see alone; null for none.</param>
internal sealed class StepClock(torch.Device device, int? profiledStep = null) : IDisposable
{
    private readonly List<(CudaTimer Timer, long BegunTicks)> _steps = [];
    private long _endedTicks;

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
        _steps.Add((timer, Stopwatch.GetTimestamp()));
        timer.Start();
    }

    /// <summary>All of the step's work is queued.</summary>
    public void End()
    {
        if (_steps.Count > 0)
        {
            _steps[^1].Timer.Stop();
        }

        if (_steps.Count - 1 == profiledStep)
        {
            torch.cuda.synchronize(device);
            CudaDriver.Instance.StopProfiler();
        }
    }

    /// <summary>Waits until the device has done all steps.</summary>
    public void Finish()
    {
        if (_steps.Count > 0)
        {
            _ = _steps[^1].Timer.ElapsedMilliseconds;
        }

        _endedTicks = Stopwatch.GetTimestamp();
    }

    /// <summary>After <see cref="Finish"/>: the milliseconds of all steps but the first so many, and the mean wall time of a step.</summary>
    public (IReadOnlyList<double> DeviceMs, double WallMs) After(int skip)
    {
        double[] times = [.. _steps.Skip(skip).Select(step => step.Timer.ElapsedMilliseconds)];
        return (times, Stopwatch.GetElapsedTime(_steps[skip].BegunTicks, _endedTicks).TotalMilliseconds / times.Length);
    }

    public void Dispose() => _steps.ForEach(step => step.Timer.Dispose());
}
