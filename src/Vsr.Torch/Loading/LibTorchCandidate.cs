namespace Vsr.Torch.Loading;

/// <summary>A folder that may hold a libtorch, and what can be said about it without loading anything.</summary>
/// <param name="Directory">The folder of libtorch_cpu.so.</param>
/// <param name="Origin">Where the folder comes from, for messages: "--libtorch", "VSR_LIBTORCH", "python3", "NuGet package".</param>
internal sealed record LibTorchCandidate(string Directory, string Origin)
{
    private static readonly string[] SupportedVersions = ["2.10", "2.11"];

    /// <summary>The version as the folder states it ("2.11.0+cu130"); null when it states none.</summary>
    public string? Version { get; } = ReadVersion(Directory);

    /// <summary>Whether the folder has the GPU's libraries.</summary>
    public bool HasCuda { get; } = File.Exists(Path.Combine(Directory, "libtorch_cuda.so"));

    /// <summary>Why this libtorch cannot be used; null when it can.</summary>
    public string? Problem => !System.IO.Directory.Exists(Directory) ? "the folder does not exist"
        : !File.Exists(Path.Combine(Directory, "libtorch_cpu.so")) ? "it has no libtorch_cpu.so"
        : Version is not null && !IsSupported(Version) ? $"its version is {Version}; 2.10 and 2.11 are supported"
        : null;

    public static bool IsSupported(string version) =>
        SupportedVersions.Any(v => version == v || version.StartsWith(v + ".", StringComparison.Ordinal));

    /// <summary>Takes a folder as users name it: of a Python package, of an unpacked libtorch, or the libraries' own.</summary>
    public static LibTorchCandidate At(string directory, string origin)
    {
        string full = Path.GetFullPath(directory);
        string[] places = [full, Path.Combine(full, "lib"), Path.Combine(full, "torch", "lib")];
        return new(places.FirstOrDefault(p => File.Exists(Path.Combine(p, "libtorch_cpu.so")), full), origin);
    }

    public override string ToString() => $"{Origin}: {Directory}{(Version is null ? "" : $" ({Version})")}";

    private static string? ReadVersion(string directory)
    {
        string parent = Path.GetDirectoryName(directory) ?? directory;
        string python = Path.Combine(parent, "version.py");
        if (File.Exists(python))
        {
            const string key = "__version__ = ";
            string? line = File.ReadLines(python).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
            return line?[key.Length..].Trim(' ', '\'', '"');
        }

        string build = Path.Combine(parent, "build-version");
        if (File.Exists(build))
        {
            return File.ReadAllText(build).Trim();
        }

        return PackageVersion(directory);
    }

    private static string? PackageVersion(string directory)
    {
        string[] parts = directory.Split(Path.DirectorySeparatorChar);
        int runtimes = Array.LastIndexOf(parts, "runtimes");
        return runtimes > 1 && parts[runtimes - 2].StartsWith("libtorch-", StringComparison.Ordinal)
            ? parts[runtimes - 1]
            : null;
    }
}
