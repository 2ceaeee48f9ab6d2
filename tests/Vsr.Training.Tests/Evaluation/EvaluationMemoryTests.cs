using System.Globalization;
using Vsr.Data;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Evaluation;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>The memory that scoring a clip on the CPU needs does not grow with its length.</summary>
[Trait("Category", "Slow")]
public class EvaluationMemoryTests
{
    private const long MegaByte = 1 << 20;

    [Fact]
    public void ALongClipNeedsNoMoreThanAShortOne()
    {
        Assert.SkipUnless(File.Exists("/proc/self/clear_refs"), "needs Linux's /proc to read the peak of the memory in use");
        TorchTestBackend.Ensure();
        Score(4);

        long shortPeak = PeakOf(() => Score(10));
        long longPeak = PeakOf(() => Score(120));

        TestContext.Current.SendDiagnosticMessage($"10 frames: {shortPeak / MegaByte} MB, 120 frames: {longPeak / MegaByte} MB");
        Assert.True(longPeak - shortPeak < 48 * MegaByte, $"10 frames: {shortPeak / MegaByte} MB, 120 frames: {longPeak / MegaByte} MB");
    }

    private static void Score(int frames)
    {
        using FormulaClip clip = new(640, 360, frames);
        using KeepingUpscaler network = new();
        new Evaluator(network, CPU).ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
    }

    private static long PeakOf(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        File.WriteAllText("/proc/self/clear_refs", "5");                        // the peak starts anew
        work();
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Enlarges and delivers two frames late, as a network that looks ahead.</summary>
    private sealed class KeepingUpscaler : IFrameUpscaler
    {
        private readonly Queue<Tensor> _frames = new();

        public int Scale => 4;

        public int LookAhead => 2;

        public Tensor? Push(Tensor lr)
        {
            _frames.Enqueue(Degradation.Enlarge(lr, Scale).DetachFromDisposeScope());
            return _frames.Count > LookAhead ? _frames.Dequeue() : null;
        }

        public Tensor? Flush() => _frames.Count > 0 ? _frames.Dequeue() : null;

        public void Reset()
        {
            while (Flush() is { } frame)
            {
                frame.Dispose();
            }
        }

        public void Dispose() => Reset();
    }
}
