using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>What a pass of the recurrent network makes of a frame.</summary>
/// <param name="State">What the next frame of the pass takes.</param>
/// <param name="Residual">What is added to the enlarged frame [N, 3 S S, h, w], in the weights' type.</param>
/// <param name="Sr">The output [N, 3, S h, S w].</param>
internal readonly record struct RecurrentFrame(RecurrentState State, Tensor Residual, Tensor Sr);
