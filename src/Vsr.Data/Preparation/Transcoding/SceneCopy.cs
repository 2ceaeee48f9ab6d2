using Vsr.Data.Preparation.Manifests;
using Vsr.Video;

namespace Vsr.Data.Preparation.Transcoding;

/// <summary>A scene that is to be copied.</summary>
/// <param name="Path">The scene's file.</param>
/// <param name="Source">The same for the manifest.</param>
/// <param name="Target">Path of the copy in its folder.</param>
/// <param name="Stream">What the scene says of itself.</param>
/// <param name="Frames">Its frames.</param>
internal sealed record SceneCopy(string Path, SourceEntry Source, string Target, VideoStreamInfo Stream, int Frames)
{
    /// <summary>The finished copy's entry.</summary>
    public CopyEntry Entry(int width, int height, int frames) => new()
    {
        File = Target,
        Source = System.IO.Path.GetFileName(Path),
        SourceBytes = Source.Bytes,
        SourceModified = Source.Modified,
        Width = width,
        Height = height,
        Frames = frames,
    };
}
