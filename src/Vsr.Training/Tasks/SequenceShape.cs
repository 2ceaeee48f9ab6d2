using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>The shape of a batch: N sequences of T frames of H x W pixels.</summary>
internal readonly record struct SequenceShape(int Batch, int Frames, int Height, int Width)
{
    /// <summary>uint8 [N, T, 3, H, W] of zeros.</summary>
    public Tensor CreateInput(Device device) =>
        zeros([Batch, Frames, 3, Height, Width], ScalarType.Byte, device).DetachFromDisposeScope();
}
