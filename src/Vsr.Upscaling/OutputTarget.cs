namespace Vsr.Upscaling;

/// <summary>What can be known about the output's place before any work is done.</summary>
internal static class OutputTarget
{
    /// <summary>Checks that a file can be written there.</summary>
    /// <exception cref="VsrException">
    /// The file exists and may not be replaced, is the input itself, is a folder, or its folder is missing or not writable.
    /// </exception>
    public static void Check(string input, string output, bool overwrite)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
        if (Directory.Exists(output))
        {
            throw new VsrException($"'{output}' is a folder; name a file in it");
        }

        if (!Directory.Exists(folder))
        {
            throw new VsrException($"the folder '{folder}' of '{output}' does not exist; create it first");
        }

        if (File.Exists(input) && RealPath(input) == RealPath(output))
        {
            throw new VsrException($"'{output}' is the input '{input}' itself; name another output");
        }

        if (File.Exists(output) && !overwrite)
        {
            throw new VsrException($"'{output}' exists") { Hint = "--overwrite replaces it" };
        }

        RequireWritable(folder, output);
    }

    private static void RequireWritable(string folder, string output)
    {
        string probe = Path.Combine(folder, $".{Path.GetFileName(output)}.{Environment.ProcessId}.probe");
        try
        {
            using FileStream file = new(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException(
                $"cannot write '{output}': the folder '{folder}' takes no new file; choose another folder or change its rights",
                failure);
        }
    }

    /// <summary>The path with every symbolic link on the way resolved.</summary>
    private static string RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(full);
        if (folder is null)
        {
            return full;
        }

        string name = Path.Combine(RealPath(folder), Path.GetFileName(full));
        FileSystemInfo info = Directory.Exists(name) ? new DirectoryInfo(name) : new FileInfo(name);
        return info.LinkTarget is null ? name : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? name;
    }
}
