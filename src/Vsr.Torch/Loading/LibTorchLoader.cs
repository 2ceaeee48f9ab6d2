using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Vsr.Interop.LibTorch;

namespace Vsr.Torch.Loading;

/// <summary>Loads the libraries of one libtorch by full path, in the order of their dependencies.</summary>
/// <remarks>
/// A library that the loader misses (NVIDIA's, spread over the folders of a Python installation) is looked up beside
/// libtorch and in nvidia/*/lib, loaded by full path, and the load is tried again: no LD_LIBRARY_PATH is needed.
/// </remarks>
internal sealed partial class LibTorchLoader
{
    private const int MostMissing = 64;
    private static readonly string[] Order =
        ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    // opened by name by cuDNN, cuBLAS and libtorch while they work: found by their names once loaded
    private static readonly string[] LoadedOnUse = ["libcudnn*.so.*", "libnvrtc*.so.*", "libnvJitLink.so.*"];

    private readonly LibTorchModules _modules;
    private readonly string[] _folders;

    private LibTorchLoader(string directory)
    {
        _modules = new LibTorchModules { Directory = directory };
        _folders = [directory, .. NvidiaFolders.Beside(directory)];
    }

    /// <summary>Loads a libtorch.</summary>
    /// <param name="directory">The folder of libtorch_cpu.so.</param>
    /// <param name="started">Whether a part of it is in the process: no other libtorch can be loaded then.</param>
    /// <exception cref="DllNotFoundException">A library that cannot be loaded, with the loader's words.</exception>
    public static LibTorchModules Load(string directory, out bool started)
    {
        LibTorchLoader loader = new(directory);
        started = false;
        LibTorchEnvironment.Prepare();
        foreach (string openMp in Directory.EnumerateFiles(directory, "libgomp*.so*"))
        {
            NativeLibrary.TryLoad(openMp, out _);
        }

        foreach (string library in Order)
        {
            if (File.Exists(Path.Combine(directory, library)))
            {
                loader.LoadWithMissing(() => loader._modules.Load(library));
                started = true;
            }
        }

        if (loader._modules.HasCuda)
        {
            loader.LoadThoseOpenedOnUse();
        }

        return loader._modules;
    }

    private void LoadWithMissing(Action load)
    {
        for (int left = MostMissing; ; left--)
        {
            try
            {
                load();
                return;
            }
            catch (DllNotFoundException refused) when (left > 0 && MissingLibrary(refused) is { } missing)
            {
                LoadWithMissing(() => NativeLibrary.Load(missing));
            }
        }
    }

    private string? MissingLibrary(DllNotFoundException refused)
    {
        Match missing = CannotOpen().Match(refused.Message);
        if (!missing.Success || missing.Groups[1].Value.Contains('/'))
        {
            return null;
        }

        return _folders.Select(folder => Path.Combine(folder, missing.Groups[1].Value)).FirstOrDefault(File.Exists);
    }

    private void LoadThoseOpenedOnUse()
    {
        foreach (string folder in _folders.Skip(1))
        {
            foreach (string library in LoadedOnUse.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)))
            {
                if (!library.Contains(".alt.", StringComparison.Ordinal))
                {
                    NativeLibrary.TryLoad(library, out _);
                }
            }
        }
    }

    [GeneratedRegex(@"(\S+): cannot open shared object file")]
    private static partial Regex CannotOpen();
}
