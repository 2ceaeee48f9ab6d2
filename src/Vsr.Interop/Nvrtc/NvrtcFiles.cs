using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Vsr.Interop.Nvrtc;

/// <summary>Finds NVIDIA's runtime compiler: one that the process has loaded already, then the loader's, then those in given folders.</summary>
internal static partial class NvrtcFiles
{
    private static readonly string[] Names = ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so"];

    private static readonly string[] UsualFolders = ["/usr/local/cuda/lib64", "/usr/local/cuda/targets/x86_64-linux/lib"];

    /// <summary>Loads the first that can be loaded.</summary>
    /// <param name="folders">Where else to look: PyTorch keeps it in site-packages/nvidia/*/lib.</param>
    /// <param name="attempts">Receives what was tried.</param>
    /// <returns>The library's handle; 0 where there is none.</returns>
    public static nint Load(IEnumerable<string> folders, List<string> attempts)
    {
        foreach (string path in LoadedFiles(MappedFiles()))
        {
            if (Try(path, attempts, out nint handle))
            {
                return handle;
            }
        }

        foreach (string name in Names)
        {
            if (Try(name, attempts, out nint handle))
            {
                return handle;
            }
        }

        foreach (string path in folders.Concat(UsualFolders).SelectMany(Candidates))
        {
            if (Try(path, attempts, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }

    /// <summary>The compilers among the files that a process has mapped.</summary>
    public static IEnumerable<string> LoadedFiles(IEnumerable<string> mappedFiles) =>
        mappedFiles.Where(path => Library().IsMatch(path)).Distinct();

    private static IEnumerable<string> Candidates(string folder) =>
        Names.Select(name => Path.Combine(folder, name)).Where(File.Exists);

    private static bool Try(string path, List<string> attempts, out nint handle)
    {
        bool loaded = NativeLibrary.TryLoad(path, out handle);
        attempts.Add($"{path}: {(loaded ? "loaded" : "not loaded")}");
        return loaded;
    }

    private static IEnumerable<string> MappedFiles()
    {
        const string maps = "/proc/self/maps";
        return File.Exists(maps)
            ? File.ReadAllLines(maps).Select(line => line.IndexOf('/') is >= 0 and int at ? line[at..] : "")
            : [];
    }

    // libnvrtc.so.13, libnvrtc-1a2b3c4d.so.12; neither libnvrtc-builtins.so nor libnvrtc.alt.so
    [GeneratedRegex(@"/libnvrtc(-(?!builtins)[0-9a-f]+)?\.so[.0-9]*$")]
    private static partial Regex Library();
}
