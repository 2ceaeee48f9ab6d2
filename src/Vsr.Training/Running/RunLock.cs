namespace Vsr.Training.Running;

/// <summary>Keeps a run's folder for one process at a time: two would write the same logs and checkpoints.</summary>
internal sealed class RunLock : IDisposable
{
    private const string FileName = ".vsr-train.lock";

    private readonly FileStream _file;

    /// <summary>Takes the folder, until disposed or the process ends.</summary>
    /// <param name="folder">The run's folder, which is there.</param>
    /// <exception cref="VsrException">Another training writes to it, or nothing can be written there.</exception>
    public RunLock(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            bool isTaken = failure is IOException and not DirectoryNotFoundException && File.Exists(path);
            throw isTaken
                ? new VsrException($"another 'vsr train' is writing to {folder}", failure) { Hint = "wait for it, stop it first, or choose another --out" }
                : new VsrException($"cannot write to the run's folder {folder}: {failure.Message}", failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
