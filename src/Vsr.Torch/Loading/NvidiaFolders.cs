namespace Vsr.Torch.Loading;

/// <summary>Where a Python installation keeps NVIDIA's libraries: nvidia/*/lib beside the torch package (NVRTC is one of them).</summary>
internal static class NvidiaFolders
{
    /// <summary>
    /// The folders of the libtorch that this process has loaded; without one, of python3's PyTorch. Empty where there is neither.
    /// </summary>
    /// <remarks>Lazy: python3 is only asked, which takes a moment, when the folders are enumerated.</remarks>
    public static IEnumerable<string> Find()
    {
        string? directory = LoadedLibTorch.CurrentOrNull?.Modules.Directory;
        if (directory is null && PythonTorch.Find().Directory is { } package)
        {
            directory = Path.Combine(package, "lib");
        }

        if (directory is null)
        {
            yield break;
        }

        yield return directory;
        foreach (string folder in Beside(directory))
        {
            yield return folder;
        }
    }

    /// <summary>The folders beside a libtorch that lies in a Python installation.</summary>
    /// <param name="libTorchDirectory">The folder of libtorch_cpu.so: site-packages/torch/lib.</param>
    public static IEnumerable<string> Beside(string libTorchDirectory)
    {
        string nvidia = Path.Combine(libTorchDirectory, "..", "..", "nvidia");
        return Directory.Exists(nvidia)
            ? Directory.EnumerateDirectories(Path.GetFullPath(nvidia)).Select(d => Path.Combine(d, "lib"))
                .Where(Directory.Exists).Order(StringComparer.Ordinal)
            : [];
    }
}
