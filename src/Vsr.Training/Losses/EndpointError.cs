using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Training.Losses;

/// <summary>How far estimated flow ends from the true flow, in pixels, over all levels of a coarse-to-fine network.</summary>
/// <remarks>
/// The end-point error of Otte and Nagel (ECCV 1994) as a loss, as FlowNet uses it (Dosovitskiy et al., ICCV 2015), smoothed near
/// zero: mean of sqrt(|f - g|^2 + 1e-4). The true flow is averaged and divided down to each level; a level k times smaller counts
/// k times (pixels of the finest level) and coarse ones with weight 0.3.
/// </remarks>
internal static class EndpointError
{
    private const double Smoothness = 1e-4;
    private const double CoarseWeight = 0.3;

    /// <param name="levels">Estimates from coarse to fine, [N, 2, H / k, W / k], each in pixels of its level.</param>
    /// <param name="truth">float32 [N, 2, H, W], pixels.</param>
    /// <returns>The weighted sum to minimise, and the finest level's error in pixels.</returns>
    public static (Tensor Sum, Tensor Finest) Of(IReadOnlyList<Tensor> levels, Tensor truth)
    {
        Tensor? sum = null;
        Tensor? error = null;
        foreach (Tensor level in levels)
        {
            long factor = truth.size(-1) / level.size(-1);
            Tensor here = factor == 1 ? truth : F.avg_pool2d(truth, factor) / factor;
            error = ((here - level).pow(2).sum(1) + Smoothness).sqrt().mean();
            Tensor weighted = error * (factor * (factor == 1 ? 1 : CoarseWeight));
            sum = sum is null ? weighted : sum + weighted;
        }

        return (sum!, error!);
    }
}
