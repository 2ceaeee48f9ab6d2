namespace Vsr.Torch.Loading;

/// <summary>The places where a libtorch may be, in the order in which they are tried.</summary>
internal sealed class LibTorchSearch
{
    private readonly List<string> _attempts;

    public LibTorchSearch(List<string> attempts) => _attempts = attempts;

    /// <summary>
    /// The folder that the user names, alone; without one, PyTorch first when a GPU is wanted, else the package that the
    /// program was built with. Lazy: python3 is only asked when its turn comes.
    /// </summary>
    public IEnumerable<LibTorchCandidate> Candidates(string? directory, bool wantsCuda)
    {
        string? environment = Environment.GetEnvironmentVariable("VSR_LIBTORCH");
        if (!string.IsNullOrEmpty(directory))
        {
            return [LibTorchCandidate.At(directory, "--libtorch")];
        }

        if (!string.IsNullOrEmpty(environment))
        {
            return [LibTorchCandidate.At(environment, "VSR_LIBTORCH")];
        }

        return wantsCuda ? Python().Concat(Package()) : Package().Concat(Python());
    }

    private IEnumerable<LibTorchCandidate> Python()
    {
        (string? directory, string? problem) = PythonTorch.Find();
        if (directory is null)
        {
            _attempts.Add($"python3: {problem}");
            yield break;
        }

        yield return LibTorchCandidate.At(directory, "python3");
    }

    private IEnumerable<LibTorchCandidate> Package()
    {
        string? found = PackageDirectories().FirstOrDefault(d => File.Exists(Path.Combine(d, "libtorch_cpu.so")));
        if (found is null)
        {
            _attempts.Add("NuGet package: libtorch-cpu-linux-x64 2.10.0 is not in the package cache");
            yield break;
        }

        yield return new(found, "NuGet package");
    }

    private static IEnumerable<string> PackageDirectories()
    {
        const string natives = "runtimes/linux-x64/native";
        if (AppContext.GetData("Vsr.LibTorchCpu") is string { Length: > 0 } built)
        {
            yield return built;
        }

        yield return Path.Combine(AppContext.BaseDirectory, natives);
        string? cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (string? root in new[] { cache, Path.Combine(home, ".nuget", "packages") })
        {
            if (!string.IsNullOrEmpty(root))
            {
                yield return Path.Combine(root, "libtorch-cpu-linux-x64", "2.10.0", natives);
            }
        }
    }
}
