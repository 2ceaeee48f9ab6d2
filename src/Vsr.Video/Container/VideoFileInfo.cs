namespace Vsr.Video;

/// <summary>What is in a file.</summary>
/// <param name="Path">The file's path as it was given.</param>
/// <param name="Container">FFmpeg's name of the container: "mov,mp4,m4a,3gp,3g2,mj2".</param>
/// <param name="Streams">All streams in the file's order.</param>
/// <param name="Video">The chosen video stream.</param>
public sealed record VideoFileInfo(
    string Path, string Container, IReadOnlyList<StreamInfo> Streams, VideoStreamInfo Video);
