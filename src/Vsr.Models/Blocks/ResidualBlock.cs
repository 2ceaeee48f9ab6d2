using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>x + b(relu(a(x))): two 3x3 convolutions without bias, no normalization; the second starts at zero, so the block starts as the identity.</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d a;
    private readonly Conv2d b;

    public ResidualBlock(int channels)
        : base(nameof(ResidualBlock))
    {
        a = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        b = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        nn.init.zeros_(b.weight);
        RegisterComponents();
    }

    public Conv2d First => a;

    public Conv2d Second => b;

    /// <summary>[N, C, H, W] to the same shape.</summary>
    public override Tensor forward(Tensor x)
    {
        Tensor active = nn.functional.relu(a.call(x), inplace: true);
        return b.call(active).add_(x);
    }
}
