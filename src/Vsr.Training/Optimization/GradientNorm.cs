using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Training.Optimization;

/// <summary>Limits the length of all gradients together, on the device: torch's clip_grad_norm_ without its host synchronisation.</summary>
internal static class GradientNorm
{
    private const double Guard = 1e-6;      // torch's, against division by zero

    /// <summary>Scales the gradients in place by min(1, limit / (norm + 1e-6)), norm being that of all of them as one vector.</summary>
    public static void Clip(IReadOnlyList<Tensor> gradients, double limit)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor norm = stack(gradients.Select(gradient => gradient.norm())).norm();
        Tensor factor = (limit / (norm + Guard)).clamp_max(1);
        foreach (Tensor gradient in gradients)
        {
            gradient.mul_(factor);
        }
    }
}
