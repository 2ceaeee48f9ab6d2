using static TorchSharp.torch;

namespace Vsr.Training.Losses;

/// <summary>A smooth absolute difference, mean of sqrt(d^2 + eps^2), on luma and RGB together.</summary>
/// <remarks>
/// Charbonnier et al., "Two deterministic half-quadratic regularization algorithms for computed imaging", ICIP 1994; used for
/// super-resolution since LapSRN (Lai et al., CVPR 2017). Luma is 0.299 R + 0.587 G + 0.114 B. Differentiable, no host synchronisation.
/// </remarks>
public sealed record Charbonnier : IPictureLoss
{
    /// <summary>Weight of the luma part; the RGB part has 1 minus this. Default 0.6, from 0 to 1.</summary>
    public float LumaWeight { get; init; } = 0.6f;

    /// <summary>Where the curve turns from square to straight, in units of 0..1 pictures. Default 1e-3.</summary>
    public float Epsilon { get; init; } = 1e-3f;

    /// <inheritdoc/>
    public Tensor Between(Tensor prediction, Tensor target)
    {
        Tensor difference = prediction - target;
        if (difference.size(-3) != 3)
        {
            return Smooth(difference);
        }

        Tensor luma = (0.299f * difference.select(-3, 0)) + (0.587f * difference.select(-3, 1)) + (0.114f * difference.select(-3, 2));
        return (LumaWeight * Smooth(luma)) + ((1 - LumaWeight) * Smooth(difference));
    }

    private Tensor Smooth(Tensor difference) => ((difference * difference) + (Epsilon * Epsilon)).sqrt().mean();
}
