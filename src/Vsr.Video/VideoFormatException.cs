namespace Vsr.Video;

/// <summary>A file that is no video, is damaged beyond use, or lacks what was asked of it.</summary>
public sealed class VideoFormatException : VsrException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, without the file's name.</param>
    /// <param name="file">The file; the message begins with it.</param>
    /// <param name="innerException">The failure below, if any.</param>
    public VideoFormatException(string message, string file, Exception? innerException = null)
        : base($"{file}: {message}", innerException) => File = file;

    /// <summary>The file's path as it was given.</summary>
    public string File { get; }

    /// <summary>The stream's number in the file, where the failure concerns one.</summary>
    public int? Stream { get; init; }

    /// <summary>The frame's number, where the failure concerns one.</summary>
    public int? Frame { get; init; }
}
