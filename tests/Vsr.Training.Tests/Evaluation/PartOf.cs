using Vsr.Video;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>Some successive frames of a clip.</summary>
internal sealed class PartOf(IFrameSource clip, int first, int count) : IFrameSource
{
    public string Name => clip.Name;

    public int FrameCount => count;

    public int Width => clip.Width;

    public int Height => clip.Height;

    public void ReadRgb8(int index, Span<byte> planar) => clip.ReadRgb8(first + index, planar);

    public void Dispose()
    {
    }
}
