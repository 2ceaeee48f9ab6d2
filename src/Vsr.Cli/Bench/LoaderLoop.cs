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
    /// <param name="loader">The loader.</param>
    /// <param name="steps">How many, at least.</param>
    /// <param name="least">How long, at least.</param>
    /// <param name="cancellation">Ends the loop.</param>
    public StepTimes Run(ISequenceLoader loader, int steps, TimeSpan least, CancellationToken cancellation) =>
        Run(() => loader.Next(cancellation), steps, least, cancellation);

    /// <summary>Runs steps without a loader, as on one batch that stays.</summary>
    public StepTimes RunFixed(int steps, CancellationToken cancellation) => Run(() => null, steps, TimeSpan.Zero, cancellation);

    private StepTimes Run(Func<SequenceBatch?> next, int least, TimeSpan leastTime, CancellationToken cancellation)
    {
        using CudaTimer timer = new(device, waitsAsleep: true);
        double hostMs = 0, deviceMs = 0, deviceSquares = 0;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long begun = Stopwatch.GetTimestamp();
        int steps = 0;
        for (; steps < least || Stopwatch.GetElapsedTime(begun) < leastTime; steps++)
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
