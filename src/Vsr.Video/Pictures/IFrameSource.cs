namespace Vsr.Video;

/// <summary>Pictures of one size in an order: the frames of a video file, or the files of a folder of pictures.</summary>
/// <remarks>One source serves one thread at a time.</remarks>
public interface IFrameSource : IDisposable
{
    /// <summary>The file's or folder's name without path and extension.</summary>
    string Name { get; }

    /// <summary>Number of pictures.</summary>
    int FrameCount { get; }

    /// <summary>Width in pixels, before rotation.</summary>
    int Width { get; }

    /// <summary>Height in pixels, before rotation.</summary>
    int Height { get; }

    /// <summary>Reads one picture.</summary>
    /// <param name="index">0 .. <see cref="FrameCount"/> - 1.</param>
    /// <param name="planar">Receives planar RGB [3, height, width], 8 bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    /// <exception cref="VsrException">The picture cannot be read, or has another size than the first.</exception>
    void ReadRgb8(int index, Span<byte> planar);
}
