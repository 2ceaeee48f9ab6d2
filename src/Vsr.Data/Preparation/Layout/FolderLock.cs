using Vsr.Video;

namespace Vsr.Data.Preparation.Layout;

/// <summary>
/// Keeps a folder for one preparation at a time, and clears away what a killed one left half-written in it and its subfolders, and at the end
/// the folders that it made and that nothing was written to.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private readonly string[] _missing;      // folders that were not there before, inner ones first

    /// <summary>Makes the folder where it is missing and takes it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="subfolders">Where files are written in it; null for train/ and val/.</param>
    /// <exception cref="VsrException">The folder cannot be made or written, or another preparation works in it.</exception>
    public FolderLock(string folder, IReadOnlyList<string>? subfolders = null)
    {
        _path = Path.Combine(folder, ".vsr-prepare.lock");
        string[] writtenTo = [.. (subfolders ?? DataLayout.Subsets).Select(name => Path.Combine(folder, name))];
        _missing = [.. writtenTo.Concat(Upwards(folder)).Where(path => !Path.Exists(path))];
        try
        {
            Directory.CreateDirectory(folder);
            _file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            RemoveEmpty();
            bool isTaken = File.Exists(_path) && failure is IOException and not DirectoryNotFoundException;
            throw isTaken
                ? new VsrException($"another 'vsr prepare' is writing to {folder}; wait for it, or stop it first", failure)
                : TemporaryFile.Failure(folder, failure);
        }

        foreach (string written in writtenTo.Where(Directory.Exists).Prepend(folder)) // the manifest lies in the folder itself
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

    public void Dispose()
    {
        _file.Dispose();
        RemoveEmpty();
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (string? path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)); path is not null; path = Path.GetDirectoryName(path))
        {
            yield return path;
        }
    }

    private void RemoveEmpty()
    {
        foreach (string folder in _missing.Where(Directory.Exists))
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // it holds something, which stays
            }
        }
    }

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
