using Vsr.Tests;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>Files that PyTorch 1.13 wrote, in both formats: every value is PyTorch's.</summary>
public sealed class PyTorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryTypeAndViewHasPyTorchsValuesInEveryFormat()
    {
        (string Kind, string Format, int Protocol, string Path)[] files = (
            from kind in (string[])["tensors", "small"]
            from format in (string[])["zip", "legacy"]
            from protocol in (int[])[1, 2, 3, 4]
            select (kind, format, protocol, _folder.File($"{kind}-{format}-{protocol}.pth"))).ToArray();
        TorchOracle.Write(files);

        foreach (IGrouping<string, (string Kind, string Format, int Protocol, string Path)> kind in files.GroupBy(file => file.Kind))
        {
            // PyTorch's own restricted reader, which is the oracle, takes protocol 2.
            TorchTensor[] expected = TorchOracle.Read([kind.First(file => file.Protocol == 2).Path])[0]!;
            foreach ((_, string format, _, string path) in kind)
            {
                using WeightsFile file = WeightsFile.Open(path);
                Assert.Equal(expected, TorchTensor.AllOf(file));
                Assert.Equal(format == "zip" ? WeightsFormat.PyTorchZip : WeightsFormat.PyTorchLegacy, file.Format);
            }
        }
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    public void OfACheckpointTheStateDictionaryCountsAndModuleIsLeftOut(string format)
    {
        string path = _folder.File("checkpoint.pth.tar");
        TorchOracle.Write(("checkpoint", format, 2, path));

        using WeightsFile file = WeightsFile.Open(path);

        Assert.Equal(
            [
                new TorchTensor("weight", "float32", [3, 2], "000000000000803f0000004000004040000080400000a040"),
                TorchTensor.Of(file, file.Find("bias")!),
            ],
            TorchTensor.AllOf(file));
        Dictionary<string, string> values = new()
        {
            ["checkpoint.arch"] = "FlowNet2SD",
            ["checkpoint.epoch"] = "161",
            ["checkpoint.best_EPE"] = "1.25",
            ["checkpoint.count"] = "-7",
            ["checkpoint.small"] = "0.5",
            ["checkpoint.flag"] = "True",
            ["checkpoint.big"] = "1208925819614629174706176",
            ["checkpoint.ratio"] = "0.1",
        };
        Assert.Equal(values, file.Metadata);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    public void AsSafetensorsTheyHaveTheSameValues(string format)
    {
        string path = _folder.File("tensors.pt");
        string converted = _folder.File("tensors.safetensors");
        TorchOracle.Write(("tensors", format, 2, path));
        TorchTensor[] expected;
        using (WeightsFile file = WeightsFile.Open(path))
        {
            expected = TorchTensor.AllOf(file);
            file.SaveAsSafetensors(converted, cancellation: TestContext.Current.CancellationToken);
        }

        using (WeightsFile back = WeightsFile.Open(converted))
        {
            Assert.Equal(WeightsFormat.Safetensors, back.Format);
            Assert.Equal(expected.OrderBy(tensor => tensor.Name), TorchTensor.AllOf(back).OrderBy(tensor => tensor.Name));
            back.SaveAsSafetensors(converted, cancellation: TestContext.Current.CancellationToken);             // onto itself
        }

        using WeightsFile again = WeightsFile.Open(converted);
        Assert.Equal(expected.Length, TorchTensor.AllOf(again).Intersect(expected).Count());
        Assert.Equal("pt", again.Metadata["format"]);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }
}
