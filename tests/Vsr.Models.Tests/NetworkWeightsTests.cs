using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Networks saved and built back; weights that do not fit; the weights that come with the program.</summary>
public class NetworkWeightsTests
{
    public NetworkWeightsTests() => TorchTestBackend.Ensure();

    [Fact]
    public void LoadRebuildsTheNetworkToTheBit()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("net.safetensors");
        using VsrNet network = new(new VsrNetOptions { Frames = 5, Flow = VsrNetFlow.Compact });
        GoldenFormula.Fill(network);
        NetworkWeights.Save(network, path, metadata: new Dictionary<string, string> { ["steps"] = "7" });

        using SuperResolutionNetwork back = NetworkWeights.LoadSuperResolution(path);

        Assert.Equal(network.Options, Assert.IsType<VsrNet>(back).Options);
        Assert.False(back.training);
        Assert.Equal("7", SafetensorsFile.ReadMetadata(path)["steps"]);
        Dictionary<string, Tensor> loaded = back.state_dict();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            Assert.True(value.equal(loaded[name]).all().item<bool>(), name);
        }
    }

    [Fact]
    public void HalfStorageRoundsOnceAndLoadsAsFloat()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("half.safetensors");
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 });
        NetworkWeights.Save(network, path, SafetensorsType.F16);

        using Network back = NetworkWeights.Load(path);

        Tensor original = network.state_dict()["head.weight"];
        Tensor loaded = back.state_dict()["head.weight"];
        Assert.Equal(ScalarType.Float32, loaded.dtype);
        Assert.Equal(0, (original.to(ScalarType.Float16).to(ScalarType.Float32) - loaded).abs().max().item<float>());
        Assert.All(SafetensorsFile.Read(path).Entries, entry => Assert.Equal(SafetensorsType.F16, entry.Type));
    }

    [Fact]
    public void WeightsThatDoNotFitListTheKeys()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("net.safetensors");
        using RecurrentVsr small = new(new RecurrentOptions { Channels = 8, Blocks = 1 });
        using RecurrentVsr other = new(new RecurrentOptions { Channels = 8, Blocks = 2, UseFlow = false, LookAhead = 1 });
        NetworkWeights.Save(small, path);

        WeightsException failure = Assert.Throws<WeightsException>(() => NetworkWeights.LoadInto(other, path));

        Assert.Equal(["body.1.a.weight", "body.1.b.weight"], failure.MissingKeys);
        Assert.Equal(40, failure.UnexpectedKeys.Count);
        Assert.Equal(["head.weight [8, 68, 3, 3] for [8, 65, 3, 3]"], failure.MisshapenKeys);
        Assert.Contains("body.1.b.weight", failure.Message, StringComparison.Ordinal);
        Assert.Contains("flow.nets.3.8.bias", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesThatDescribeNoNetworkAreRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("net.safetensors");

        Assert.Contains("'architecture'", Refused([]), StringComparison.Ordinal);
        Assert.Contains("unknown network 'x'", Refused(new() { ["architecture"] = "x" }), StringComparison.Ordinal);
        Assert.Contains(
            "no setting 'y'", Refused(new() { ["architecture"] = "recurrent", ["setting.y"] = "1" }), StringComparison.Ordinal);
        using CompactFlow flow = new();
        NetworkWeights.Save(flow, path);
        Assert.Contains(
            "does not enlarge",
            Assert.Throws<WeightsException>(() => NetworkWeights.LoadSuperResolution(path)).Message,
            StringComparison.Ordinal);

        string Refused(Dictionary<string, string> metadata)
        {
            new SafetensorsFile([], metadata).Write(path);
            return Assert.Throws<WeightsException>(() => NetworkWeights.Load(path)).Message;
        }
    }

    [Fact]
    public void TheFlowsWeightsMayComeFromAFileOfTheirOwn()
    {
        using TemporaryFolder folder = new();
        string whole = folder.File("whole.safetensors");
        string without = folder.File("without.safetensors");
        string flow = folder.File("flow.safetensors");
        using VsrNet network = new(new VsrNetOptions { Flow = VsrNetFlow.Compact });
        using CompactFlow other = new();
        NetworkWeights.Save(network, whole);
        NetworkWeights.Save(other, flow);
        SafetensorsFile all = SafetensorsFile.Read(whole);
        new SafetensorsFile(all.Entries.Where(entry => !entry.Name.StartsWith("flownet.", StringComparison.Ordinal)), all.Metadata).Write(without);

        foreach (string path in new[] { whole, without })
        {
            using SuperResolutionNetwork loaded = NetworkWeights.LoadSuperResolution(path, flow);
            Dictionary<string, Tensor> given = other.state_dict();
            foreach ((string name, Tensor value) in loaded.state_dict())
            {
                Tensor expected = name.StartsWith("flownet.", StringComparison.Ordinal) ? given[name["flownet.".Length..]] : network.state_dict()[name];
                Assert.True(value.equal(expected).all().item<bool>(), name);
            }
        }

        Assert.NotEmpty(Assert.Throws<WeightsException>(() => NetworkWeights.LoadSuperResolution(without)).MissingKeys);
        Assert.NotEmpty(Assert.Throws<WeightsException>(() => NetworkWeights.LoadSuperResolution(whole, whole)).UnexpectedKeys);
        using VsrNet still = new();
        NetworkWeights.Save(still, whole);
        Assert.Contains(
            "without a flow network", Assert.Throws<WeightsException>(() => NetworkWeights.LoadSuperResolution(whole, flow)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ShippedWeightsAreThoseInTheModelsFolder()
    {
        using TemporaryFolder folder = new();
        string program = folder.File("program/bin");
        string models = folder.File("models");
        Directory.CreateDirectory(program);
        Directory.CreateDirectory(models);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 });
        using CompactFlow flow = new();
        NetworkWeights.Save(network, Path.Combine(models, "recurrent-x4.safetensors"), SafetensorsType.F16);
        NetworkWeights.Save(flow, Path.Combine(models, "flow.safetensors"));
        File.WriteAllText(Path.Combine(models, "damaged.safetensors"), "no weights");

        Assert.Empty(ShippedWeights.List(program));
        File.WriteAllText(folder.File("Vsr.slnx"), "");
        ShippedWeightsFile found = Assert.Single(ShippedWeights.List(program));

        Assert.Equal(("recurrent", 4), (found.Architecture, found.Scale));
        Assert.Equal(Path.Combine(models, "recurrent-x4.safetensors"), found.Path);
    }
}
