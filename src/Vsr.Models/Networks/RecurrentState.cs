using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>What the recurrent network carries from frame to frame: Hidden [N, C, h, w] and Previous, the last output [N, 3, S h, S w], its residual [N, 3 S S, h, w] or null.</summary>
internal readonly record struct RecurrentState(Tensor? Hidden, Tensor? Previous)
{
    /// <summary>Before the first frame.</summary>
    public static RecurrentState Empty => default;
}
