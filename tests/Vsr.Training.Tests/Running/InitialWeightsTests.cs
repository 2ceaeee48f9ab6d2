using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Running;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Running;

/// <summary>Runs that start from given weights.</summary>
public sealed class InitialWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InitialWeightsTests() => OneThread.Ensure();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARelatedNetworksWeightsAreTakenAndOthersRefused()
    {
        TrainingOptions options = TinyRun.Options(1);
        string path = _folder.File("source.safetensors");
        using RecurrentVsr source = (RecurrentVsr)TrainingNetwork.Create(options with { Seed = 5 });
        NetworkWeights.Save(source, path);

        using RecurrentVsr both = (RecurrentVsr)TrainingNetwork.Create(options with { TwoDirections = true, Init = path });
        using RecurrentVsr twice = (RecurrentVsr)TrainingNetwork.Create(options with { Scale = 2, Init = path });
        foreach (RecurrentVsr related in new[] { both, twice })
        {
            Assert.True(related.state_dict()["up.weight"].equal(source.state_dict()["up.weight"]).all().item<bool>());
        }

        AssertRefused(options with { Channels = 16 }, "channels 8 there, 16 here");
        AssertRefused(options with { Flow = "none" }, "flow compact there, none here");
        AssertRefused(options with { FlowReduction = 2 }, "flow-reduction 1 there, 2 here");        // whose weights have the same shapes
        AssertRefused(options with { FlowReduction = 4, Scale = 2, Blocks = 3 }, $"blocks {options.Blocks} there, 3 here; flow-reduction 1 there, 4 here");

        Assert.Contains("starting from source.safetensors", Description(resumed: false), StringComparison.Ordinal);
        Assert.DoesNotContain("source.safetensors", Description(resumed: true), StringComparison.Ordinal);

        void AssertRefused(TrainingOptions unlike, string named)
        {
            WeightsException refusal = Assert.Throws<WeightsException>(() => TrainingNetwork.Create(unlike with { Init = path }));
            Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
            Assert.NotNull(refusal.Hint);
        }

        string Description(bool resumed) => TrainingNetwork.Describe(both, options with { Init = path }, CPU, resumed);
    }
}
