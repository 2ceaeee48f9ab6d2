using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <summary>A small coarse-to-fine flow network that works on pictures pixel-unshuffled by 2.</summary>
/// <remarks>
/// Several levels, halved by averaging (<see cref="CompactFlowOptions"/>). From coarse to fine: the flow is doubled in size
/// and value (bilinear), the second frame is warped by it, and a stack of five 3x3 convolutions with weights of its own
/// sees the first frame, four times the difference and the flow at half the level's size (26 channels) and returns a
/// correction by pixel shuffle. The last convolution starts at zero. With a search radius, every level but the finest also
/// sees how alike features of the two frames are at places around. About 130,000 parameters a level of 64 channels.
/// Flow, warps and sums have the type of the frames, the convolutions that of the weights.
/// </remarks>
public sealed class CompactFlow : FlowNetwork
{
    private const int Features = 32;

    private readonly ModuleList<Sequential> nets;
    private readonly Sequential? features;      // of a picture unshuffled by 2, for all levels
    private FusedStack[]? _fused;

    /// <summary>Creates the network with fresh weights, drawn from torch's generator; its first estimates are zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public CompactFlow(CompactFlowOptions? options = null)
        : base(NetworkCatalog.Flow)
    {
        Options = options ?? new CompactFlowOptions();
        Options.Validate();
        nets = nn.ModuleList(Enumerable.Range(0, Options.Levels).Select(CreateLevel).ToArray());
        features = Options.SearchRadius == 0 ? null : nn.Sequential(
            Convolutions.Conv(12, Features), nn.ReLU(inplace: true), Convolutions.Conv(Features, Features));
        RegisterComponents();
    }

    /// <summary>The hyper-parameters.</summary>
    public CompactFlowOptions Options { get; }

    /// <summary>Frames given to <see cref="forward"/> have sides that are multiples of this: 2 to the power of the levels.</summary>
    public int SizeMultiple => 1 << Options.Levels;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            NetworkSettings settings = [];
            Options.AddTo(settings);
            return settings;
        }
    }

    /// <summary>Estimates the flow f with a(p) = b(p + f(p)) at every level.</summary>
    /// <param name="a">float32 or float64 [N, 3, H, W], RGB, 0..1, H and W multiples of <see cref="SizeMultiple"/>.</param>
    /// <param name="b">The same shape.</param>
    /// <returns>A flow a level from coarse to fine, with four levels [N, 2, H/8, W/8] to [N, 2, H, W], each in pixels of its level. The caller disposes them.</returns>
    public Tensor[] forward(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType weights = ((Conv2d)nets[0][0]).weight.dtype;
        Tensor[] pyramidA = Pyramid(a);
        Tensor[] pyramidB = Pyramid(b);
        Tensor[] flows = new Tensor[Options.Levels];
        Tensor? flow = null;
        for (int level = Options.Levels - 1; level >= 0; level--)
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
            if (Displacements(level) > 0)
            {
                Tensor alike = LocalCorrelation.Of(FeaturesOf(from, weights), FeaturesOf(to, weights), Options.SearchRadius);
                input = cat([input, alike.to(a.dtype)], 1);
            }

            Tensor laidOut = TensorLayout.ToChannelsLast(input.to(weights));
            Tensor correction = F.pixel_shuffle((_fused?[level].Run(laidOut) ?? nets[level].call(laidOut)).to(a.dtype), 2);
            flow = flow is null ? correction : flow + correction;
            flows[Options.Levels - 1 - level] = flow;
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

    internal override long CountMultiplyAccumulates(int height, int width)
    {
        long sum = 0;
        for (int level = 0; level < Options.Levels; level++)
        {
            long positions = (long)(BorderPadding.Padded(height, SizeMultiple) >> (level + 1))
                * (BorderPadding.Padded(width, SizeMultiple) >> (level + 1));
            long compared = Displacements(level) > 0 ? 2 * Convolutions.CountWeights(features!) : 0;
            sum += positions * (Convolutions.CountWeights(nets[level]) + compared);
        }

        return sum;
    }

    /// <summary>Draws fresh weights as He et al. (ICCV 2015, arXiv:1502.01852) do for relu, which start to learn several times sooner.</summary>
    /// <remarks>Not in the constructor, where the flow network of a recurrent run keeps the weights that its recipe begins with.</remarks>
    internal void DrawWeights()
    {
        IEnumerable<Conv2d> hidden = nets.SelectMany(net => net.children().OfType<Conv2d>().SkipLast(1));
        foreach (Conv2d layer in hidden.Concat(features?.children().OfType<Conv2d>() ?? []))
        {
            nn.init.kaiming_normal_(layer.weight, mode: nn.init.FanInOut.FanIn, nonlinearity: nn.init.NonlinearityType.ReLU);
            nn.init.zeros_(layer.bias!);
        }
    }

    /// <summary>From now on runs forwards only, with the present weights.</summary>
    internal void Fuse() => _fused = [.. nets.Select(net => new FusedStack(net.children().OfType<Conv2d>()))];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (FusedStack stack in _fused ?? [])
            {
                stack.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>What frames are compared by, [N, 32, ./2, ./2], in the weights' type.</summary>
    private Tensor FeaturesOf(Tensor frame, ScalarType weights) => LocalCorrelation.Normalize(
        features!.call(TensorLayout.ToChannelsLast(F.pixel_unshuffle(frame - 0.5, 2).to(weights))));

    /// <summary>Channels of the comparison: none at the finest level, where the warp leaves less than a pixel to find.</summary>
    private int Displacements(int level)
    {
        int side = (2 * Options.SearchRadius) + 1;
        return Options.SearchRadius == 0 || level == 0 ? 0 : side * side;
    }

    private Tensor[] Pyramid(Tensor picture)
    {
        Tensor[] levels = new Tensor[Options.Levels];
        levels[0] = picture;
        for (int level = 1; level < Options.Levels; level++)
        {
            levels[level] = F.avg_pool2d(levels[level - 1], 2);
        }

        return levels;
    }

    private Sequential CreateLevel(int level)
    {
        int channels = Options.Channels;
        Conv2d last = Convolutions.Conv(channels, 8);
        nn.init.zeros_(last.weight);
        nn.init.zeros_(last.bias);
        return nn.Sequential(
            Convolutions.Conv(26 + Displacements(level), channels), nn.ReLU(inplace: true),
            Convolutions.Conv(channels, channels), nn.ReLU(inplace: true),
            Convolutions.Conv(channels, channels), nn.ReLU(inplace: true),
            Convolutions.Conv(channels, channels), nn.ReLU(inplace: true),
            last);
    }
}
