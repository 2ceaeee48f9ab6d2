using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>A batch of sequences on the device.</summary>
/// <remarks>Belongs to the caller of <see cref="ISequenceLoader.Next"/>, who disposes it; the loader keeps no alias.</remarks>
public sealed class SequenceBatch : IDisposable
{
    internal SequenceBatch(Tensor frames, IReadOnlyList<SampleInfo> samples)
    {
        Frames = frames;
        Samples = samples;
    }

    /// <summary>
    /// float32 [N, T, 3, H, W], RGB, 0..1, unless the loader's options say another type, layout, colour or scale; contiguous, on the
    /// loader's device, outside any dispose scope.
    /// </summary>
    public Tensor Frames { get; }

    /// <summary>Where each of the N samples comes from.</summary>
    public IReadOnlyList<SampleInfo> Samples { get; }

    /// <summary>Frees <see cref="Frames"/>.</summary>
    public void Dispose() => Frames.Dispose();
}
