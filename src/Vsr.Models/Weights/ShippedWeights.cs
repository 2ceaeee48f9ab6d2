using System.Globalization;

namespace Vsr.Models;

/// <summary>The weights that come with the program: the folder "models" beside it, or in the repository it was built in.</summary>
public static class ShippedWeights
{
    private const string FolderName = "models";
    private const string FlowFileName = "flow.safetensors";

    /// <summary>The weights there are, by file name.</summary>
    /// <remarks>Files that cannot be read or that hold no super-resolution network are passed over.</remarks>
    public static IReadOnlyList<ShippedWeightsFile> List() => List(AppContext.BaseDirectory);

    /// <summary>Finds weights for an architecture and a scale.</summary>
    /// <param name="architecture">The network's name; null takes any.</param>
    /// <param name="scale">The factor S.</param>
    /// <returns>The file's path, or null when none is shipped.</returns>
    public static string? Find(string? architecture, int scale) => List()
        .FirstOrDefault(file => (architecture is null || file.Architecture == architecture) && file.Scale == scale)?.Path;

    /// <summary>Finds the weights of the compact flow network: flow.safetensors.</summary>
    /// <returns>The file's path, or null when none is shipped.</returns>
    public static string? FindFlow() => FindFlow(AppContext.BaseDirectory);

    internal static string? FindFlow(string programFolder) => Folders(programFolder).Where(Directory.Exists).Take(1)
        .Select(folder => Path.Combine(folder, FlowFileName))
        .FirstOrDefault(path => File.Exists(path) && ArchitectureOf(path) == NetworkCatalog.Flow);

    internal static IReadOnlyList<ShippedWeightsFile> List(string programFolder)
    {
        string? folder = Folders(programFolder).FirstOrDefault(Directory.Exists);
        return folder is null
            ? []
            : Directory.EnumerateFiles(folder, "*.safetensors").Order(StringComparer.Ordinal)
                .Select(Describe).OfType<ShippedWeightsFile>().ToArray();
    }

    private static IEnumerable<string> Folders(string programFolder)
    {
        yield return Path.Combine(programFolder, FolderName);
        for (string? folder = programFolder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Vsr.slnx")))
            {
                yield return Path.Combine(folder, FolderName);
            }
        }
    }

    private static string? ArchitectureOf(string path)
    {
        try
        {
            return SafetensorsFile.ReadMetadata(path).GetValueOrDefault(NetworkWeights.ArchitectureKey);
        }
        catch (WeightsException)
        {
            return null;
        }
    }

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
