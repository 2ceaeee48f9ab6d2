using Vsr.Video;

namespace Vsr.Training.Evaluation;

/// <summary>The first frames of a clip, under a name of their own.</summary>
/// <param name="clip">The clip; not owned.</param>
/// <param name="count">How many, at most the clip's.</param>
/// <param name="name">The name.</param>
internal sealed class FirstFrames(IFrameSource clip, int count, string name) : IFrameSource
{
    public string Name => name;

    public int FrameCount => count;

    public int Width => clip.Width;

    public int Height => clip.Height;

    public void ReadRgb8(int index, Span<byte> planar) => clip.ReadRgb8(index, planar);

    /// <summary>The clip is its owner's.</summary>
    public void Dispose()
    {
    }
}
