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
        TorchTestBackend.Ensure();
        Score(4);

        long shortPeak = ProcessMemory.PeakOf(() => Score(10));
        long longPeak = ProcessMemory.PeakOf(() => Score(120));

        TestContext.Current.SendDiagnosticMessage($"10 frames: {shortPeak / MegaByte} MB, 120 frames: {longPeak / MegaByte} MB");
        Assert.True(longPeak - shortPeak < 48 * MegaByte, $"10 frames: {shortPeak / MegaByte} MB, 120 frames: {longPeak / MegaByte} MB");
    }

    private static void Score(int frames)
    {
        using FormulaClip clip = new(640, 360, frames);
        using KeepingUpscaler network = new();
        new Evaluator(network, CPU).ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
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
