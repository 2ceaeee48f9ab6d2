using TorchSharp;
using Vsr.Models;

namespace Vsr.Cli.Bench.Networks;

/// <summary>A network to measure: weights of a file, or fresh ones of an architecture.</summary>
/// <param name="Title">What rows call it.</param>
/// <param name="Weights">The file; null for fresh weights.</param>
/// <param name="Architecture">The architecture of fresh weights.</param>
/// <param name="Settings">Its settings that are not the defaults.</param>
internal sealed record BenchedNetwork(
    string Title, string? Weights, string? Architecture = null, IReadOnlyDictionary<string, string>? Settings = null)
{
    /// <summary>A network of the catalogue.</summary>
    /// <exception cref="VsrException">Its file is not there.</exception>
    public static BenchedNetwork Shipped(string name) => new(name, ShippedModels.Require(name).Path);

    /// <summary>The weights of a file.</summary>
    public static BenchedNetwork OfFile(string path) => new(Path.GetFileName(path), path);

    /// <summary>An architecture with fresh weights, which take as long as others.</summary>
    /// <exception cref="ArgumentException">It does not enlarge video, has no such setting, or not with such a value.</exception>
    public static BenchedNetwork Fresh(string architecture, IReadOnlyDictionary<string, string> settings)
    {
        switch (architecture)
        {
            case NetworkCatalog.Recurrent:
                RecurrentOptions.FromSettings(settings).Validate();
                break;
            case NetworkCatalog.VsrNet:
                VsrNetOptions.FromSettings(settings).Validate();
                break;
            default:
                throw new ArgumentException(
                    $"--network {architecture} does not enlarge video; use {NetworkCatalog.Recurrent} or {NetworkCatalog.VsrNet}");
        }

        string title = $"{architecture}{string.Concat(settings.Select(setting => $" {setting.Key}={setting.Value}"))}, untrained";
        return new BenchedNetwork(title, Weights: null, architecture, settings);
    }

    /// <summary>Builds it on the CPU, in evaluation mode.</summary>
    /// <exception cref="VsrException">The weights cannot be read.</exception>
    public SuperResolutionNetwork Create()
    {
        if (Weights is not null)
        {
            return NetworkWeights.LoadSuperResolution(Weights);
        }

        torch.random.manual_seed(1);
        SuperResolutionNetwork network = (SuperResolutionNetwork)NetworkCatalog.Create(Architecture!, Settings);
        network.eval();
        return network;
    }
}
