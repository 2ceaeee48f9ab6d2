using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Blocks;

/// <summary>How alike features of one picture are to those around the same place in another: PWC-Net's cost volume (Sun et al., CVPR 2018, arXiv:1709.02371).</summary>
internal static class LocalCorrelation
{
    private const double Floor = 1e-3;

    /// <summary>The mean product of features at p and at p + d, for every d within a radius, row by row; zeros outside.</summary>
    /// <param name="a">[N, C, H, W].</param>
    /// <param name="b">The same shape.</param>
    /// <param name="radius">Pixels, r.</param>
    /// <returns>[N, (2r+1)^2, H, W].</returns>
    /// <remarks>With gradients in a few large operations, without them displacement by displacement, which takes little memory.</remarks>
    public static Tensor Of(Tensor a, Tensor b, int radius) => is_grad_enabled() ? AtOnce(a, b, radius) : OneByOne(a, b, radius);

    /// <summary>Features of length one: their mean square over the channels is 1, less where there is hardly anything.</summary>
    public static Tensor Normalize(Tensor features) =>
        features / (features.pow(2).mean([1L], keepdim: true) + Floor).sqrt();

    internal static Tensor AtOnce(Tensor a, Tensor b, int radius)
    {
        int side = (2 * radius) + 1;
        Tensor windows = F.unfold(b, kernel_size: side, padding: radius).unflatten(1, [b.size(1), side * side]);      // [N, C, d, HW]
        return (a.flatten(2).unsqueeze(2) * windows).mean([1L]).unflatten(2, [a.size(2), a.size(3)]);
    }

    internal static Tensor OneByOne(Tensor a, Tensor b, int radius)
    {
        (long height, long width) = (a.size(2), a.size(3));
        using Tensor padded = F.pad(b, [radius, radius, radius, radius]);
        List<Tensor> costs = [];
        for (int row = 0; row <= 2 * radius; row++)
        {
            for (int column = 0; column <= 2 * radius; column++)
            {
                using Tensor rows = padded.narrow(2, row, height);
                using Tensor shifted = rows.narrow(3, column, width);
                using Tensor product = a * shifted;
                costs.Add(product.mean([1L], keepdim: true));
            }
        }

        Tensor all = cat(costs, 1);
        costs.ForEach(cost => cost.Dispose());
        return all;
    }
}
