using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>A file of FlowNet2-SD's size and layout, written by PyTorch with random values: 60 tensors, 45,371,666 numbers, 181 MB.</summary>
public sealed class FlowNetSDFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FlowNetSDFileTests() => TorchTestBackend.Ensure();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("legacy")]
    [InlineData("zip")]
    public void ItsNumbersComeIntoTheNetworkInLittleMemory(string format)
    {
        string path = _folder.File("FlowNet2-SD_checkpoint.pth.tar");
        TorchOracle.Write(("flownet", format, 2, path));
        using FlowNetSD network = new();
        long before = ProcessMemory.PeakOf(() => { });

        long more = ProcessMemory.PeakOf(() => NetworkWeights.LoadInto(network, path)) - before;

        TestContext.Current.SendDiagnosticMessage($"{more >> 20} MiB beside the network");
        Assert.True(more < 90L << 20, $"{more >> 20} MiB beside the network; its largest tensor has 36 MiB");
        using WeightsFile file = WeightsFile.Open(path);
        Assert.Equal(45_371_666, file.Entries.Sum(entry => entry.Count));
        Assert.Equal(("flownet2-sd", "FlowNet2SD", "160"), (
            file.Metadata["architecture"], file.Metadata["checkpoint.arch"], file.Metadata["checkpoint.epoch"]));
        foreach ((string name, Tensor value) in network.state_dict())
        {
            Assert.True(file.Read(name).Data.Span.SequenceEqual(value.bytes), name);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void ConvertedItIsTheNetworkThatPyTorchWouldLoad()
    {
        string path = _folder.File("flownet.pth.tar");
        string converted = _folder.File("flownet.safetensors");
        TorchOracle.Write(("flownet", "legacy", 2, path));
        using (WeightsFile file = WeightsFile.Open(path))
        {
            file.SaveAsSafetensors(converted, cancellation: TestContext.Current.CancellationToken);
        }

        using Network network = NetworkWeights.Load(converted);

        // The same numbers, drawn by the same generator: PyTorch's own.
        string[] sums = OracleProgram.Run(
            OracleProgram.RequirePythonTorch(), "-c",
            $"import torch\nfor n, t in torch.load('{path}')['state_dict'].items(): print(n, repr(t.double().sum().item()), repr(t.double().square().sum().item()))")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.IsType<FlowNetSD>(network);
        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal(state.Count, sums.Length);
        foreach (string[] line in sums.Select(sum => sum.Split(' ')))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor wide = state[line[0]].to(float64);
            Assert.Equal(double.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture), wide.sum().item<double>(), 1e-9);
            Assert.Equal(double.Parse(line[2], System.Globalization.CultureInfo.InvariantCulture), wide.square().sum().item<double>(), 1e-7);
        }
    }

    [Fact]
    public void ItsNamesAreTheNetworks()
    {
        using FlowNetSD network = new();
        WeightsEntry[] entries = [.. network.state_dict().Select(pair => new WeightsEntry(pair.Key, SafetensorsType.F32, pair.Value.shape))];

        Assert.Equal("flownet2-sd", KnownWeights.Recognize(entries));
        Assert.Null(KnownWeights.Recognize(entries[1..]));
        Assert.Null(KnownWeights.Recognize([entries[0] with { Name = "other" }, .. entries[1..]]));
        Assert.Null(KnownWeights.Recognize([entries[0] with { Shape = [1] }, .. entries[1..]]));
    }

    [Fact]
    public void WeightsOfAnotherShapeOrNameAreListed()
    {
        byte[] file = HandmadeFile.Legacy(
            new PickleBuilder().Op("}(")
                .Text("weight").Tensor(p => p.Storage("FloatStorage", "0", 4), 0, [2, 2], [2, 1])
                .Text("module.bias").Tensor(p => p.Storage("FloatStorage", "0", 4), 0, [2], [1]).Op("u").End(),
            ("0", [1, 2, 3, 4]));
        string path = _folder.File("other.pth");
        File.WriteAllBytes(path, file);
        using CompactFlow network = new();

        WeightsException failure = Assert.Throws<WeightsException>(() => NetworkWeights.LoadInto(network, path));

        Assert.Equal(["weight", "module.bias"], failure.UnexpectedKeys);
        Assert.Equal(network.state_dict().Keys, failure.MissingKeys);
        Assert.StartsWith($"{path}: does not fit the network 'flow'; missing: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{failure.MissingKeys[^1]}; unexpected: weight, module.bias", failure.Message, StringComparison.Ordinal);

        using FlowNetSD large = new();
        failure = Assert.Throws<WeightsException>(() => NetworkWeights.LoadInto(large, path));

        Assert.Equal(60, failure.MissingKeys.Count);
        Assert.EndsWith(" and 10 more; unexpected: weight, module.bias", failure.Message, StringComparison.Ordinal);
    }
}
