namespace Vsr.Training.Running;

/// <summary>The file that a run's last weights are also written to: looked at before the run, written after it.</summary>
internal static class ExportFile
{
    /// <summary>Checks that the file can be written, its missing folders included; leaves nothing behind.</summary>
    /// <param name="path">The file; null when none is wanted.</param>
    /// <exception cref="ArgumentException">It is a folder, or lies where no file can be made.</exception>
    public static void Require(string? path)
    {
        if (path is null)
        {
            return;
        }

        string full = Path.GetFullPath(path);
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(full))
        {
            throw new ArgumentException($"export-fp16 '{path}' is a folder; name a file in it");
        }

        string folder = Path.GetDirectoryName(full)!;
        while (!Path.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        if (FolderProbe.ProblemOf(folder) is { } failure)
        {
            string reason = File.Exists(folder) ? $"'{folder}' is a file" : $"the folder '{folder}' takes no new file";
            throw new ArgumentException($"export-fp16 '{path}' cannot be written: {reason}; choose another folder", failure);
        }
    }

    /// <summary>Makes the file's folder where it is missing.</summary>
    /// <exception cref="VsrException">It cannot be made.</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot make the folder of {path}: {failure.Message}", failure);
        }
    }
}
