using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Ready sequences on the device, to take random parts of.</summary>
public interface ISequencePool
{
    /// <summary>uint8 [n, T, 3, H, W], RGB; the pool's own memory.</summary>
    Tensor Frames { get; }
}
