using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>A network that estimates the motion between two frames.</summary>
public abstract class FlowNetwork : Network
{
    private protected FlowNetwork(string architecture)
        : base(architecture)
    {
    }

    /// <summary>Estimates the flow f with a(p) = b(p + f(p)): where each pixel of <paramref name="a"/> is found in <paramref name="b"/>.</summary>
    /// <param name="a">float32 [N, 3, H, W], RGB, 0..1, any size.</param>
    /// <param name="b">The same shape.</param>
    /// <returns>[N, 2, H, W] in pixels, x then y, in the type of <paramref name="a"/>.</returns>
    public abstract Tensor Estimate(Tensor a, Tensor b);

    /// <summary>Counts what the convolutions multiply and add for one pair of frames, padding to multiples included.</summary>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    internal abstract long CountMultiplyAccumulates(int height, int width);
}
