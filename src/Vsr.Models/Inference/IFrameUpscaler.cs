using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Enlarges a video frame by frame, in order and in constant memory.</summary>
/// <remarks>
/// Frame i comes out when frame i + <see cref="LookAhead"/> has been pushed; <see cref="Flush"/> gives the last ones. One
/// upscaler is used by one thread. No gradients are recorded. All frames of a clip have one size; call
/// <see cref="Reset"/> between clips, after which the size may differ.
/// </remarks>
public interface IFrameUpscaler : IDisposable
{
    /// <summary>How many times wider and higher the output is: S.</summary>
    int Scale { get; }

    /// <summary>How many later frames are needed before a frame comes out.</summary>
    int LookAhead { get; }

    /// <summary>How many frames are worked on together at most, 1 or more: what a frame costs is the mean over so many.</summary>
    int GroupSize => 1;

    /// <summary>Whether frames replay a recorded CUDA graph; false before the second frame, without a GPU, and where recording failed.</summary>
    bool UsesCudaGraph => false;

    /// <summary>Takes the next low-resolution frame.</summary>
    /// <param name="lr">float32 [1, 3, h, w], RGB, 0..1, on the network's device; it is copied, the caller keeps it.</param>
    /// <returns>
    /// The enlargement of the oldest frame not yet delivered, float32 [1, 3, S*h, S*w], neither clamped nor rounded; null
    /// while the look-ahead fills. The caller owns and disposes it.
    /// </returns>
    /// <exception cref="ArgumentException">The frame's shape is not [1, 3, h, w] or differs from the clip's first frame.</exception>
    Tensor? Push(Tensor lr);

    /// <summary>Delivers the next remaining frame of the clip after the last push; null when all are delivered.</summary>
    /// <returns>As <see cref="Push"/>.</returns>
    Tensor? Flush();

    /// <summary>Forgets the clip: the next frame is the first of another one.</summary>
    void Reset();
}
