using System.Security.Cryptography;
using Vsr.Tests;

namespace Vsr.Models.Tests.Shipped;

/// <summary>The catalogue of networks, and the files that are there.</summary>
public class ShippedModelTests
{
    public ShippedModelTests() => TorchTestBackend.Ensure();

    [Fact]
    public void TheCatalogueNamesFilesAndScales()
    {
        Assert.Equal(["full", "x2", "best", "fast", "compressed"], ShippedModels.Names);
        Assert.Equal(
            ["recurrent-x4.safetensors 4", "recurrent-x2.safetensors 2", "best-x4.safetensors 4", "fast-x4.safetensors 4", "compressed-x4.safetensors 4"],
            ShippedModels.List().Select(model => $"{model.FileName} {model.Scale}"));
        Assert.Contains("'huge'", Assert.Throws<ArgumentException>(() => ShippedModels.Get("huge")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesThatAreThereEnlargeAsTheCatalogueSaysAndFitTheLimit()
    {
        ShippedModel[] there = [.. ShippedModels.List().Where(model => model.IsAvailable)];

        Assert.Contains(ShippedModels.Full, there.Select(model => model.Name));
        foreach (ShippedModel model in there)
        {
            ModelCard card = ModelCard.Read(model.Path!);
            Assert.Equal(model.Scale, card.Scale);
            Assert.InRange(card.Bytes, 1, 8_000_000);
        }
    }

    [Fact]
    public void TheTableAndTheCardSayWhatIsInTheFile()
    {
        string[] readme = File.ReadAllLines(Path.Combine(SharedData.RepositoryRoot, "models", "README.md"));
        foreach (ShippedModel model in ShippedModels.List().Where(model => model.IsAvailable))
        {
            ModelCard card = ModelCard.Read(model.Path!);
            string row = Assert.Single(readme, line => line.StartsWith($"| {model.Name} | {model.FileName} |", StringComparison.Ordinal));
            Assert.Contains(FormattableString.Invariant($" | {card.Parameters:#,0} | {card.Gmacs:0.0} | "), row, StringComparison.Ordinal);
            Assert.Contains(card.Sha256, model.ReadSection(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheFlowNetworkIsThereAndItsCardSaysSo()
    {
        string path = ShippedWeights.FindFlow() ?? throw new FileNotFoundException("models/flow.safetensors");
        string readme = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "models", "README.md"));
        using FlowNetwork network = NetworkWeights.LoadFlow(path);

        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), readme, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{network.CountParameters(trainableOnly: false):#,0} parameters"), readme, StringComparison.Ordinal);
        Assert.InRange(network.CountParameters(trainableOnly: false), 1, 1_500_000);
    }

    [Fact]
    public void AFileMakesItsModelAvailable()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("fast-x4.safetensors"), "");

        IReadOnlyList<ShippedModel> models = ShippedModels.List(folder.Path);

        ShippedModel fast = Assert.Single(models, model => model.IsAvailable);
        Assert.Equal(("fast", folder.File("fast-x4.safetensors")), (fast.Name, fast.Path));
        Assert.All(ShippedModels.List(null), model => Assert.False(model.IsAvailable));
    }

    [Fact]
    public void TheFullNetworkComesBeforeOthersOfItsScale()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("Vsr.slnx"), "");
        Directory.CreateDirectory(folder.File("models"));
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 });
        foreach (string name in (string[])["a-x4", "best-x4", "compressed-x4", "fast-x4", "recurrent-x4"])
        {
            NetworkWeights.Save(network, folder.File($"models/{name}.safetensors"));
        }

        Assert.Equal(
            ["recurrent-x4", "best-x4", "fast-x4", "compressed-x4", "a-x4"],
            ShippedWeights.List(folder.Path).Select(file => Path.GetFileNameWithoutExtension(file.Path)));
    }

    [Fact]
    public void ACardIsMeasuredOnTheFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("w.safetensors");
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1, UseFlow = false });
        NetworkWeights.Save(network, path, SafetensorsType.F16);

        ModelCard card = ModelCard.Read(path);

        // head, block, up and out: 3x3 weights, and biases where there are some
        const int weights = 9 * ((65 * 8) + (2 * 8 * 8) + (8 * 8) + (8 * 48));
        Assert.Equal(weights + 8 + 8 + 48, card.Parameters);
        Assert.Equal(weights * 180 * 320 / 1e9, card.Gmacs);
        Assert.Equal(("recurrent", 4, "8"), (card.Architecture, card.Scale, card.Settings["channels"]));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal((bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))), (card.Bytes, card.Sha256));
    }
}
