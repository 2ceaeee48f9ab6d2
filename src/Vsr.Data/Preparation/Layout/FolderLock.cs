using Vsr.Video;

namespace Vsr.Data.Preparation.Layout;

/// <summary>Keeps a folder for one preparation at a time, with train/ and val/ in it, and clears away what a killed one left half-written.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    /// <summary>Makes the folder where it is missing and takes it.</summary>
    /// <exception cref="VsrException">The folder cannot be made or written, or another preparation works in it.</exception>
    public FolderLock(string folder)
    {
        _path = Path.Combine(folder, ".vsr-prepare.lock");
        try
        {
            foreach (string subset in DataLayout.Subsets)
            {
                Directory.CreateDirectory(Path.Combine(folder, subset));
            }

            _file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            bool isTaken = File.Exists(_path) && failure is IOException and not DirectoryNotFoundException;
            throw isTaken
                ? new VsrException($"another 'vsr prepare' is writing to {folder}; wait for it, or stop it first", failure)
                : TemporaryFile.Failure(folder, failure);
        }

        foreach (string subset in DataLayout.Subsets)
        {
            RemoveParts(Path.Combine(folder, subset));
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
