using TorchSharp;
using Vsr.Models;
using Vsr.Tests;

namespace Vsr.Training.Tests.Running;

public sealed class FlowPretrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FlowPretrainingTests() => OneThread.Ensure();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 0)]      // needs larger crops than the run has
    public void TheFlowNetworkHasTheRunsOwnLevelsAndChannels(int levels, int poolClips)
    {
        MadeData.WriteClip(_folder.File("data/a.mp4"));
        MadeData.WriteStill(_folder.File("stills/photo.png"));
        TrainingOptions options = TinyRun.Options(1) with
        {
            Root = _folder.File("data"),
            Stills = _folder.File("stills"),
            Out = _folder.File("run"),
            PoolClips = poolClips,
            PoolStills = 2,
            FlowSteps = 1,
            FlowLevels = levels,
            FlowChannels = 8,
        };

        TrainingRun.Start(options, torch.CPU, new RecordingObserver(), TestContext.Current.CancellationToken);

        using CompactFlow flow = Assert.IsType<CompactFlow>(NetworkWeights.LoadFlow(_folder.File("run/flow/weights.safetensors")));
        Assert.Equal((levels, 8), (flow.Options.Levels, flow.Options.Channels));
    }
}
