using Vsr.Video.Writing;

namespace Vsr.Video;

/// <summary>Files that are written under a hidden name in the destination's folder and renamed when they are whole.</summary>
internal static class TemporaryFile
{
    /// <summary>A hidden name in the same folder.</summary>
    public static string NameBeside(string path) => Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.part");

    /// <summary>Throws when the name is a folder's, its folder is missing, or a file has it and may not be replaced.</summary>
    /// <exception cref="VsrException">The name is taken, or its folder is not there.</exception>
    public static void RequireFree(string path, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            throw new VsrException($"cannot write '{path}': it is a folder; name a file");
        }

        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new VsrException($"cannot write '{path}': the folder '{folder}' does not exist; create it first");
        }

        if (!overwrite && File.Exists(path))
        {
            throw new VsrException($"cannot write '{path}': it exists; choose another name or allow overwriting");
        }
    }

    /// <summary>Gives the finished file its name, replacing what had it.</summary>
    /// <exception cref="VsrException">The name cannot be given; the temporary file is removed.</exception>
    public static void Rename(string temporaryPath, string path)
    {
        try
        {
            File.Move(temporaryPath, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporaryPath);
            throw Failure(path, e);
        }
    }

    /// <summary>Writes a file under a hidden name and gives it its own when it is whole.</summary>
    /// <exception cref="VsrException">The file cannot be written.</exception>
    public static void WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        string temporaryPath = NameBeside(path);
        try
        {
            File.WriteAllBytes(temporaryPath, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporaryPath);
            throw Failure(path, e);
        }

        Rename(temporaryPath, path);
    }

    /// <summary>What .NET says of a file that cannot be written, as one line.</summary>
    public static VsrException Failure(string path, Exception failure) =>
        DestinationFailure.Create($"cannot write '{path}': {failure.Message}", failure.HResult, failure);

    /// <summary>Removes the file if it is there; leaves it where that fails.</summary>
    public static void Remove(string temporaryPath)
    {
        try
        {
            File.Delete(temporaryPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}
