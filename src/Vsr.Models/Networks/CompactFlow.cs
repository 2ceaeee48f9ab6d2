using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <summary>A small coarse-to-fine flow network that works on pictures pixel-unshuffled by 2.</summary>
/// <remarks>
/// Four levels, halved by averaging. From coarse to fine: the flow is doubled in size and value (bilinear), the second
/// frame is warped by it, and a stack of five 3x3 convolutions with weights of its own sees the first frame, four times
/// the difference and the flow at half the level's size (26 channels) and returns a correction by pixel shuffle. The
/// last convolution starts at zero. About 130,000 parameters a level. Flow, warps and sums have the type of the frames,
/// the convolutions that of the weights.
/// </remarks>
public sealed class CompactFlow : FlowNetwork
{
    /// <summary>Frames given to <see cref="forward"/> have sides that are multiples of this.</summary>
    public const int SizeMultiple = 16;

    private const int Levels = 4;
    private const int Channels = 64;

    private readonly ModuleList<Sequential> nets;

    /// <summary>Creates the network; its first estimates are zero.</summary>
    public CompactFlow()
        : base(NetworkCatalog.Flow)
    {
        nets = nn.ModuleList(Enumerable.Range(0, Levels).Select(_ => CreateLevel()).ToArray());
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Estimates the flow f with a(p) = b(p + f(p)) at every level.</summary>
    /// <param name="a">float32 or float64 [N, 3, H, W], RGB, 0..1, H and W multiples of 16.</param>
    /// <param name="b">The same shape.</param>
    /// <returns>Four flows from coarse to fine, [N, 2, H/8, W/8] to [N, 2, H, W], each in pixels of its level. The caller disposes them.</returns>
    public Tensor[] forward(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType weights = ((Conv2d)nets[0][0]).weight.dtype;
        Tensor[] pyramidA = Pyramid(a);
        Tensor[] pyramidB = Pyramid(b);
        Tensor[] flows = new Tensor[Levels];
        Tensor? flow = null;
        for (int level = Levels - 1; level >= 0; level--)
        {
            Tensor from = pyramidA[level];
            Tensor to = pyramidB[level];
            if (flow is not null)
            {
                flow = F.interpolate(flow, scale_factor: [2, 2], mode: InterpolationMode.Bilinear, align_corners: false).mul_(2);
                to = Warp.Sample(to, flow);
            }

            Tensor coarse = flow is null
                ? zeros(from.size(0), 2, from.size(2) / 2, from.size(3) / 2, dtype: from.dtype, device: from.device)
                : F.avg_pool2d(flow, 2);
            Tensor input = cat(
                [F.pixel_unshuffle(from - 0.5, 2), F.pixel_unshuffle((to - from) * 4, 2), coarse], 1);   // [N, 26, ./2, ./2]
            Tensor correction = F.pixel_shuffle(nets[level].call(TensorLayout.ToChannelsLast(input.to(weights))).to(a.dtype), 2);
            flow = flow is null ? correction : flow + correction;
            flows[Levels - 1 - level] = flow;
        }

        scope.MoveToOuter(flows);
        return flows;
    }

    /// <inheritdoc/>
    public override Tensor Estimate(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor finest = forward(BorderPadding.ToMultiple(a, SizeMultiple), BorderPadding.ToMultiple(b, SizeMultiple))[^1];
        return scope.MoveToOuter(BorderPadding.Crop(finest, a.size(2), a.size(3)));
    }

    private static Tensor[] Pyramid(Tensor picture)
    {
        Tensor[] levels = new Tensor[Levels];
        levels[0] = picture;
        for (int level = 1; level < Levels; level++)
        {
            levels[level] = F.avg_pool2d(levels[level - 1], 2);
        }

        return levels;
    }

    private static Sequential CreateLevel()
    {
        Conv2d last = Convolutions.Conv(Channels, 8);
        nn.init.zeros_(last.weight);
        nn.init.zeros_(last.bias);
        return nn.Sequential(
            Convolutions.Conv(26, Channels), nn.ReLU(inplace: true),
            Convolutions.Conv(Channels, Channels), nn.ReLU(inplace: true),
            Convolutions.Conv(Channels, Channels), nn.ReLU(inplace: true),
            Convolutions.Conv(Channels, Channels), nn.ReLU(inplace: true),
            last);
    }
}
