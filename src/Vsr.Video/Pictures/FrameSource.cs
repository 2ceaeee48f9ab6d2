namespace Vsr.Video;

/// <summary>Opens whatever holds pictures in an order.</summary>
public static class FrameSource
{
    /// <summary>Opens a video file or a folder of pictures; the caller disposes the source.</summary>
    /// <param name="path">A file with a video stream, or a folder with .png or .jpg files.</param>
    /// <param name="options">How a video is read; null for the defaults. Pictures take none.</param>
    /// <exception cref="VideoFormatException">The file has no video, or the folder no picture.</exception>
    /// <exception cref="VsrException">The path cannot be read.</exception>
    public static IFrameSource Open(string path, FrameReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Directory.Exists(path) ? new PictureFolder(path) : new VideoFrameSource(path, options);
    }
}
