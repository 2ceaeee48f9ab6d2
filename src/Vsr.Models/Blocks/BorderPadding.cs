using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Blocks;

/// <summary>Pads pictures right and below by repeating the border, and crops them back.</summary>
internal static class BorderPadding
{
    /// <summary>[N, C, H, W] with both sides grown to the next multiple; the picture itself (an alias) when they are multiples already.</summary>
    public static Tensor ToMultiple(Tensor x, int multiple)
    {
        long below = Missing(x.size(2), multiple);
        long right = Missing(x.size(3), multiple);
        return below == 0 && right == 0 ? x.alias() : F.pad(x, [0, right, 0, below], PaddingModes.Replicate);
    }

    /// <summary>The upper left part of that size; a view.</summary>
    public static Tensor Crop(Tensor x, long height, long width)
    {
        using Tensor rows = x.narrow(2, 0, height);
        return rows.narrow(3, 0, width);
    }

    /// <summary>A side grown to the next multiple.</summary>
    public static int Padded(int side, int multiple) => side + (int)Missing(side, multiple);

    private static long Missing(long size, int multiple) => (multiple - size % multiple) % multiple;
}
