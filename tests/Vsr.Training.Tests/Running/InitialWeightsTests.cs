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

        WeightsException refusal = Assert.Throws<WeightsException>(() => TrainingNetwork.Create(options with { Channels = 16, Init = path }));
        Assert.NotEmpty(refusal.MisshapenKeys);
        Assert.Contains("starting from source.safetensors", TrainingNetwork.Describe(both, options with { Init = path }, CPU), StringComparison.Ordinal);
    }
}
