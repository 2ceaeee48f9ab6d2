using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Blocks;

/// <summary>Enlargement inside networks: torch's own, with a replicated border. Reduction and metrics use another bicubic (a = -0.5, mirrored).</summary>
internal static class Resize
{
    /// <summary>Bicubic enlargement, a = -0.75, half-pixel centres: [N, C, h, w] to [N, C, S h, S w].</summary>
    public static Tensor Enlarge(Tensor x, int scale) =>
        F.interpolate(x, scale_factor: [scale, scale], mode: InterpolationMode.Bicubic, align_corners: false);

    /// <summary>Bilinear enlargement, half-pixel centres; values as they are.</summary>
    public static Tensor EnlargeBilinear(Tensor x, int scale) =>
        F.interpolate(x, scale_factor: [scale, scale], mode: InterpolationMode.Bilinear, align_corners: false);
}
