namespace Vsr.Cli.Commands;

/// <summary>A folder that a command puts pictures into.</summary>
internal static class OutputFolder
{
    /// <summary>Refuses the name of a file.</summary>
    /// <exception cref="ArgumentException">It is one.</exception>
    public static void RequireNoFile(string option, string? folder)
    {
        if (File.Exists(folder))
        {
            throw new ArgumentException($"{option} '{folder}' is a file; name a folder");
        }
    }

    /// <summary>Makes the folder; null for none.</summary>
    /// <exception cref="VsrException">It cannot be made.</exception>
    public static void Create(string? folder)
    {
        try
        {
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot make the folder '{folder}': {failure.Message}", failure);
        }
    }
}
