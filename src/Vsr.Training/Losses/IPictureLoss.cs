using static TorchSharp.torch;

namespace Vsr.Training.Losses;

/// <summary>A distance between pictures to be minimised.</summary>
public interface IPictureLoss
{
    /// <summary>The loss of a prediction against its target, a scalar on their device.</summary>
    /// <param name="prediction">float32 [..., C, H, W], 0..1, unclamped; C is 3 for RGB or 1 for luma.</param>
    /// <param name="target">The same shape.</param>
    Tensor Between(Tensor prediction, Tensor target);
}
