namespace Vsr.Models;

/// <summary>A weights file that comes with the program.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Architecture">The network's name in <see cref="NetworkCatalog"/>.</param>
/// <param name="Scale">The factor S.</param>
public sealed record ShippedWeightsFile(string Path, string Architecture, int Scale);
