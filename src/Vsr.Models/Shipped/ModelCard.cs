using System.Security.Cryptography;

namespace Vsr.Models;

/// <summary>What a weights file holds, measured on the file itself.</summary>
public sealed record ModelCard
{
    /// <summary>The height of the low-resolution frame that <see cref="Gmacs"/> is counted at.</summary>
    public const int CountedHeight = 180;

    /// <summary>Its width.</summary>
    public const int CountedWidth = 320;

    /// <summary>The network's name in <see cref="NetworkCatalog"/>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The hyper-parameters by name, as in <see cref="Network.Settings"/>.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The factor S.</summary>
    public required int Scale { get; init; }

    /// <summary>The number of learned values, those of a flow network inside included.</summary>
    public required long Parameters { get; init; }

    /// <summary>The size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 of the file, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>10^9 multiply-accumulates of the convolutions a frame of 320x180 (<see cref="SuperResolutionNetwork.CountMultiplyAccumulates"/>).</summary>
    public required double Gmacs { get; init; }

    /// <summary>Reads a weights file; libtorch must be loaded.</summary>
    /// <exception cref="WeightsException">The file is damaged or holds no super-resolution network.</exception>
    /// <exception cref="VsrException">The file cannot be read.</exception>
    public static ModelCard Read(string path)
    {
        using SuperResolutionNetwork network = NetworkWeights.LoadSuperResolution(path);
        using FileStream file = File.OpenRead(path);
        return new ModelCard
        {
            Architecture = network.Architecture,
            Settings = network.Settings,
            Scale = network.Scale,
            Parameters = network.CountParameters(trainableOnly: false),
            Bytes = file.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            Gmacs = network.CountMultiplyAccumulates(CountedHeight, CountedWidth) / 1e9,
        };
    }
}
