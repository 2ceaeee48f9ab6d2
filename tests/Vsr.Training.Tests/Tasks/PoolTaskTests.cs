using System.Text.Json.Nodes;
using Vsr.Data;
using Vsr.Data.Synthesis;
using Vsr.Models;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Tasks;

/// <summary>Pools of stills in motion as the source of batches and of pairs with exact flow.</summary>
public sealed class PoolTaskTests : IDisposable
{
    private readonly Tensor _still;
    private readonly SequencePools _pools;

    public PoolTaskTests()
    {
        OneThread.Ensure();
        random.manual_seed(5);
        using var scope = NewDisposeScope();
        Tensor noise = nn.functional.interpolate(
            rand(1, 3, 40, 40), size: [200, 200], mode: InterpolationMode.Bicubic, align_corners: false);
        _still = (noise.clamp(0, 1) * 255).to(ScalarType.Byte).squeeze(0).DetachFromDisposeScope();
        PoolPlan plan = new(0, 2, new MotionPoolOptions { FrameCount = 4, Size = 96 }, 1);
        _pools = new SequencePools(new NoClips(), [_still], plan, CPU, new RecordingObserver(), CancellationToken.None);
    }

    public void Dispose()
    {
        _pools.Dispose();
        _still.Dispose();
    }

    [Fact]
    public void ARestoredSourceDeliversTheSameBatches()
    {
        using Tensor first = zeros([2, 3, 3, 64, 64], ScalarType.Byte);
        using Tensor again = zeros([2, 3, 3, 64, 64], ScalarType.Byte);
        using PoolBatches batches = new(_pools, 0.5, 9);
        batches.Fill(first);
        JsonObject state = batches.Save();
        batches.Fill(first);

        batches.Renew();
        batches.Fill(again);
        Assert.False(AreEqual(first, again));
        batches.Restore(state);
        batches.Fill(again);

        Assert.True(AreEqual(first, again));
    }

    [Fact]
    public void TheFlowNetworkLearnsTheExactFlowOfABatch()
    {
        using CompactFlow flow = new();
        using FlowTask task = new(flow, new RepeatedPairs(new PoolFlowPairs(_pools, 9)), exactPairs: 4, realPairs: 0, crop: 64, CPU);
        using TrainedParameters parameters = new(flow, CPU, ScalarType.Float32);
        List<float> losses = [];
        using Trainer trainer = new(
            task, parameters, new ConstantSchedule { WarmUpSteps = 1 }, 2e-3, new TrainingBudget(40, null),
            new TrainingClock(TimeProvider.System, default), CPU, eager: true, new RecordingObserver());

        trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);

        Assert.True(losses[^5..].Average() < 0.5 * losses[0], $"{losses[0]} -> {losses[^5..].Average()}");
    }

    private static bool AreEqual(Tensor a, Tensor b)
    {
        using Tensor same = a.eq(b).all();
        return same.item<bool>();
    }

    private sealed class NoClips : IClipSource
    {
        public IReadOnlyList<ClipInfo> Clips => [];

        public IReadOnlyList<string> Warnings => [];

        public IClipReader Open(int clip) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
