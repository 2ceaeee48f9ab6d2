using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Vsr.Video;

/// <summary>
/// Keeps compiled kernels in a folder, one file each, written whole or not at all. A cache that fails is only slower: a file
/// that is damaged is compiled anew and replaced.
/// </summary>
/// <param name="folder">The folder, made when needed; null keeps nothing.</param>
internal sealed class KernelCache(string? folder)
{
    private const int HashBytes = 16;
    private static readonly byte[] Magic = "vsrcubin"u8.ToArray();

    /// <summary>The file name of a kernel: any change of source, compiler or options makes it another.</summary>
    public static string FileName(string kernel, string source, Version compiler, IEnumerable<string> options)
    {
        string identity = string.Join('\0', [compiler.ToString(), .. options, source]);
        return $"{kernel}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32]}.cubin";
    }

    /// <summary>The kept image; null where there is none or it is damaged.</summary>
    public byte[]? Find(string fileName)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            string path = Path.Combine(folder, fileName);
            return File.Exists(path) ? Unwrap(File.ReadAllBytes(path)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an image, replacing what was there.</summary>
    public void Keep(string fileName, ReadOnlySpan<byte> image)
    {
        if (folder is null)
        {
            return;
        }

        string path = Path.Combine(folder, fileName);
        string temporaryPath = TemporaryFile.NameBeside(path);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(temporaryPath, [.. Magic, .. XxHash128.Hash(image), .. image]);
            File.Move(temporaryPath, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TemporaryFile.Remove(temporaryPath);
        }
    }

    /// <summary>The kept image, or a newly compiled one, which is kept.</summary>
    /// <param name="fileName">Of <see cref="FileName"/>.</param>
    /// <param name="compile">Called at most once.</param>
    /// <param name="wasKept">False when it was compiled now.</param>
    public byte[] Get(string fileName, Func<byte[]> compile, out bool wasKept)
    {
        byte[]? kept = Find(fileName);
        wasKept = kept is not null;
        if (kept is not null)
        {
            return kept;
        }

        byte[] image = compile();
        Keep(fileName, image);
        return image;
    }

    // magic, hash of the image, image
    private static byte[]? Unwrap(byte[] file)
    {
        int header = Magic.Length + HashBytes;
        if (file.Length <= header || !file.AsSpan().StartsWith(Magic))
        {
            return null;
        }

        ReadOnlySpan<byte> image = file.AsSpan(header);
        return file.AsSpan(Magic.Length, HashBytes).SequenceEqual(XxHash128.Hash(image)) ? image.ToArray() : null;
    }
}
