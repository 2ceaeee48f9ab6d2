using Vsr.Video;

namespace Vsr.Data.Preparation.Layout;

/// <summary>Keeps a folder for one preparation at a time, and clears away what a killed one left half-written in its subfolders.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    /// <summary>Makes the folder where it is missing and takes it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="subfolders">Where files are written in it; null for train/ and val/.</param>
    /// <exception cref="VsrException">The folder cannot be made or written, or another preparation works in it.</exception>
    public FolderLock(string folder, IReadOnlyList<string>? subfolders = null)
    {
        _path = Path.Combine(folder, ".vsr-prepare.lock");
        try
        {
            Directory.CreateDirectory(folder);
            _file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            bool isTaken = File.Exists(_path) && failure is IOException and not DirectoryNotFoundException;
            throw isTaken
                ? new VsrException($"another 'vsr prepare' is writing to {folder}; wait for it, or stop it first", failure)
                : TemporaryFile.Failure(folder, failure);
        }

        foreach (string written in (subfolders ?? DataLayout.Subsets).Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
        {
            RemoveParts(written);
        }
    }

    /// <summary>Makes the folder of a file that is to be written: train/ and val/ are there when they have a scene.</summary>
    /// <exception cref="VsrException">It cannot be made.</exception>
    public static void MakeFolderOf(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw TemporaryFile.Failure(folder, failure);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void RemoveParts(string folder)
    {
        foreach (string part in Directory.EnumerateFileSystemEntries(folder, ".*.part"))
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
            else
            {
                File.Delete(part);
            }
        }
    }
}
