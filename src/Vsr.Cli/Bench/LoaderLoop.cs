using System.Diagnostics;
using Vsr.Data;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench;

/// <summary>The loop of a training that waits for each step's end: take a batch, compute, wait for the device.</summary>
/// <param name="device">Where batches and computing are.</param>
/// <param name="load">The computing.</param>
internal sealed class LoaderLoop(Device device, ComputeLoad load)
{
    /// <summary>Runs steps with a loader's batches.</summary>
    public StepTimes Run(ISequenceLoader loader, int steps, CancellationToken cancellation) =>
        Run(() => loader.Next(cancellation), steps, cancellation);

    /// <summary>Runs steps without a loader, as on one batch that stays.</summary>
    public StepTimes RunFixed(int steps, CancellationToken cancellation) => Run(() => null, steps, cancellation);

    private StepTimes Run(Func<SequenceBatch?> next, int steps, CancellationToken cancellation)
    {
        using CudaTimer timer = new(device, waitsAsleep: true);
        double hostMs = 0, deviceMs = 0, deviceSquares = 0;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            timer.Start();
            long asked = Stopwatch.GetTimestamp();
            using SequenceBatch? batch = next();
            double host = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            load.Run();
            timer.Stop();
            double rest = timer.ElapsedMilliseconds - host; // waits for the device
            hostMs += host;
            deviceMs += rest;
            deviceSquares += rest * rest;
        }

        return new StepTimes(
            steps,
            Stopwatch.GetElapsedTime(begun).TotalMilliseconds / steps,
            hostMs / steps,
            deviceMs / steps,
            Math.Max(0, (deviceSquares / steps) - (deviceMs / steps * (deviceMs / steps))),
            (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / steps);
    }
}
