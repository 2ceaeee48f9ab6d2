using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>Memory layout of pictures.</summary>
internal static class Layout
{
    /// <summary>The same values [N, C, H, W] with the channels innermost in memory; no copy when they are already.</summary>
    public static Tensor ChannelsLast(Tensor x)
    {
        using Tensor inner = x.permute(0, 2, 3, 1);
        using Tensor packed = inner.contiguous();
        return packed.permute(0, 3, 1, 2);
    }
}
