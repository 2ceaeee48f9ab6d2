using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>What the recurrent network carries from frame to frame: Hidden [N, C, h, w] and Previous, the last output [N, 3, 4h, 4w] or its residual [N, 48, h, w].</summary>
internal readonly record struct RecurrentState(Tensor? Hidden, Tensor? Previous)
{
    /// <summary>Before the first frame.</summary>
    public static RecurrentState Empty => default;
}
