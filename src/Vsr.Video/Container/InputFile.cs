namespace Vsr.Video;

/// <summary>Checks on a path before FFmpeg sees it, so that the usual mistakes get a clear line.</summary>
internal static class InputFile
{
    /// <summary>Makes sure that a path names a readable file that is not empty.</summary>
    /// <exception cref="VideoFormatException">It does not.</exception>
    public static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new VideoFormatException("is a directory; name a video file in it", path);
        }

        if (!File.Exists(path))
        {
            throw new VideoFormatException("no such file", path);
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.ReadByte() < 0)
            {
                throw new VideoFormatException("is empty (0 bytes)", path);
            }
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new VideoFormatException("is not readable (permission denied)", path, failure);
        }
        catch (IOException failure)
        {
            throw new VideoFormatException($"cannot be read: {failure.Message}", path, failure);
        }
    }
}
