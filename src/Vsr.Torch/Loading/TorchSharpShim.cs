using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Vsr.Torch.Loading;

/// <summary>Loads TorchSharp's native library before TorchSharp looks for it, repaired where the system's C++ runtime is too old.</summary>
internal static partial class TorchSharpShim
{
    private const string FileName = "libLibTorchSharp.so";

    /// <summary>Loads the library, or a repaired copy of it; libtorch is loaded already.</summary>
    /// <exception cref="BackendException">It is not there, or cannot be loaded, with the loader's words.</exception>
    public static nint Load(List<string> attempts)
    {
        string path = Places().FirstOrDefault(File.Exists)
            ?? throw new BackendException($"TorchSharp's {FileName} was not found beside the program")
            {
                Hint = $"publish or build for linux-x64; looked in {string.Join(", ", Places())}",
            };
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException refused) when (MissingVersion().Match(refused.Message) is { Success: true } missing)
        {
            string version = missing.Groups[1].Value;
            string copy = Repair(path, version) ?? throw Failure(path, refused);
            attempts.Add($"{FileName}: the system's libstdc++ lacks {version}; loaded a repaired copy, {copy}");
            return LoadCopy(copy);
        }
        catch (DllNotFoundException refused)
        {
            throw Failure(path, refused);
        }
    }

    private static nint LoadCopy(string copy)
    {
        try
        {
            return NativeLibrary.Load(copy);
        }
        catch (DllNotFoundException refused)
        {
            throw Failure(copy, refused);
        }
    }

    private static BackendException Failure(string path, DllNotFoundException refused) =>
        new($"{path} could not be loaded: {refused.Message.Split('\n')[0]}", refused);

    private static IEnumerable<string> Places()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        return
        [
            Path.Combine(AppContext.BaseDirectory, FileName),
            Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", FileName),
            Path.Combine(cache, "torchsharp", "0.107.0", "runtimes", "linux-x64", "native", FileName),
        ];
    }

    /// <summary>Writes the repaired copy into the user's cache, once for each original; the package's file stays as it is.</summary>
    private static string? Repair(string original, string version)
    {
        byte[] library = File.ReadAllBytes(original);
        string key = Convert.ToHexStringLower(SHA256.HashData(library))[..16];
        string folder = Path.Combine(UserCache.Folder, "native", key);
        string target = Path.Combine(folder, FileName);
        byte[]? patched = SymbolVersionPatch.MakeOptional(library, version);
        if (patched is null)
        {
            return null;
        }

        if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(patched))
        {
            Directory.CreateDirectory(folder);
            string temporary = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(temporary, patched);
            File.Move(temporary, target, overwrite: true);
        }

        return target;
    }

    [GeneratedRegex(@"version [`'](GLIBCXX_[0-9.]+)' not found")]
    private static partial Regex MissingVersion();
}
