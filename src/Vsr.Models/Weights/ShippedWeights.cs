using System.Globalization;

namespace Vsr.Models;

/// <summary>The weights that come with the program: the folder "models" beside it, or in the repository it was built in, or that in VSR_MODELS.</summary>
public static class ShippedWeights
{
    private const string FlowFileName = "flow.safetensors";

    /// <summary>The weights there are: those of <see cref="ShippedModels"/> in its order, then others by file name.</summary>
    /// <remarks>Files that cannot be read or that hold no super-resolution network are passed over.</remarks>
    public static IReadOnlyList<ShippedWeightsFile> List() => ListFolder(ModelFolder.Find());

    /// <summary>Finds weights for an architecture and a scale: the first in the order of <see cref="List()"/>.</summary>
    /// <param name="architecture">The network's name; null takes any.</param>
    /// <param name="scale">The factor S.</param>
    /// <returns>The file's path, or null when none is shipped.</returns>
    public static string? Find(string? architecture, int scale) => List()
        .FirstOrDefault(file => (architecture is null || file.Architecture == architecture) && file.Scale == scale)?.Path;

    /// <summary>Finds the weights of the compact flow network: flow.safetensors.</summary>
    /// <returns>The file's path, or null when there is no such file; that it holds those weights is found when it is loaded.</returns>
    public static string? FindFlow() =>
        ModelFolder.Find() is { } folder && Path.Combine(folder, FlowFileName) is var path && File.Exists(path) ? path : null;

    internal static IReadOnlyList<ShippedWeightsFile> List(string programFolder) => ListFolder(ModelFolder.Find(programFolder));

    private static ShippedWeightsFile[] ListFolder(string? folder) => folder is null
        ? []
        : Directory.EnumerateFiles(folder, "*.safetensors")
            .OrderBy(ShippedModels.OrderOf).ThenBy(path => path, StringComparer.Ordinal)
            .Select(Describe).OfType<ShippedWeightsFile>().ToArray();

    private static ShippedWeightsFile? Describe(string path)
    {
        try
        {
            IReadOnlyDictionary<string, string> metadata = SafetensorsFile.ReadMetadata(path);
            return metadata.TryGetValue(NetworkWeights.ArchitectureKey, out string? architecture)
                && metadata.TryGetValue(NetworkWeights.ScaleKey, out string? text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int scale)
                ? new ShippedWeightsFile(path, architecture, scale)
                : null;
        }
        catch (WeightsException)
        {
            return null;
        }
    }
}
