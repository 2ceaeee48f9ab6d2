namespace Vsr.Training.Running;

/// <summary>Looks, before long work, whether its result can be written.</summary>
internal static class FolderProbe
{
    /// <summary>Makes a file in a folder and removes it.</summary>
    /// <returns>Why the folder takes no new file; null where it does.</returns>
    public static Exception? ProblemOf(string folder)
    {
        string probe = Path.Combine(folder, $".vsr-{Path.GetRandomFileName()}.probe");
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure;
        }
    }
}
