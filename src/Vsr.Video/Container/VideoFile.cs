namespace Vsr.Video;

/// <summary>Looks into video files.</summary>
public static class VideoFile
{
    /// <summary>Reads a file's headers: its streams and one video stream in detail. Decodes nothing but what FFmpeg probes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stream">The number of a video stream; null for the first that is no attached picture.</param>
    /// <exception cref="VideoFormatException">It is no video, has no video stream, or not the one asked for.</exception>
    /// <exception cref="VsrException">The file cannot be read, or FFmpeg is missing.</exception>
    public static VideoFileInfo Probe(string path, int? stream = null)
    {
        using Demuxer demuxer = new(path, stream);
        return demuxer.Info;
    }
}
