using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>From the states of a frame in two passes to what weighs their residuals and what is added to the sum.</summary>
/// <remarks>Three convolutions over both states side by side. The last one starts at zero, so the residuals' mean is where training begins.</remarks>
internal sealed class DirectionBlend : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d reduce;
    private readonly Conv2d mix;
    private readonly Conv2d @out;
    private readonly int _pixels;
    private FusedStack? _fused;

    /// <param name="channels">C of a state.</param>
    /// <param name="scale">S.</param>
    public DirectionBlend(int channels, int scale)
        : base(nameof(DirectionBlend))
    {
        _pixels = scale * scale;
        int inner = Math.Max(channels / 2, 1);
        reduce = Convolutions.Conv(2 * channels, inner, size: 1);
        mix = Convolutions.Conv(inner, inner);
        @out = Convolutions.Conv(inner, 4 * _pixels);
        nn.init.zeros_(@out.weight);
        nn.init.zeros_(@out.bias);
        RegisterComponents();
    }

    /// <summary>States [N, 2 C, h, w], the pass forwards first, to [N, 4 S S, h, w]: a channel a pixel for the weight, three for what is added.</summary>
    public override Tensor forward(Tensor states) => _fused?.Run(states)
        ?? @out.call(nn.functional.relu(mix.call(nn.functional.relu(reduce.call(states), inplace: true)), inplace: true));

    /// <summary>The weighted sum of both passes' residuals, plus what the states say.</summary>
    /// <param name="onwards">The pass forwards: state [N, C, h, w] and residual [N, 3 S S, h, w].</param>
    /// <param name="backwards">The pass backwards in time, the same.</param>
    /// <returns>[N, 3 S S, h, w] in the residuals' type.</returns>
    public Tensor Residual((Tensor State, Tensor Residual) onwards, (Tensor State, Tensor Residual) backwards)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor said = call(cat([onwards.State, backwards.State], 1));
        Tensor weight = said.narrow(1, 0, _pixels).sigmoid().unsqueeze(1);                       // [N, 1, S S, h, w]: one for all colours
        Tensor difference = (onwards.Residual - backwards.Residual).unflatten(1, [3, _pixels]);
        Tensor sum = backwards.Residual + (difference * weight).flatten(1, 2) + said.narrow(1, _pixels, 3 * _pixels);
        return scope.MoveToOuter(sum);
    }

    /// <summary>From now on runs forwards only, with the present weights.</summary>
    internal void Fuse() => _fused = new FusedStack([reduce, mix, @out]);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _fused?.Dispose();
        }

        base.Dispose(disposing);
    }
}
