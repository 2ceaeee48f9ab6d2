using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <summary>VSRNet: three convolutions over the luma of several enlarged, motion-compensated frames.</summary>
/// <remarks>
/// Kappeler et al., "Video Super-Resolution with Convolutional Neural Networks", IEEE TCI 2016, with the early fusion,
/// whole-frame training and FlowNet2-SD of Makansi et al. (GCPR 2017) as in DALI's example: 9x9 to 64 channels on each
/// frame with shared weights, 5x5 to 32 over all of them, 5x5 to one; batch normalization, LeakyReLU 0.1, sigmoid;
/// 159,777 parameters for three frames without the flow network. Differences to the example, on purpose: flow comes from
/// the enlarged frames, is divided by 20, and zero flow is the identity. <see cref="VsrNetOptions.Padding"/> and
/// <see cref="VsrNetOptions.Residual"/> are options that repair the dark border and the compressed range.
/// The flow network is frozen and gets no gradients.
/// </remarks>
public sealed class VsrNet : SuperResolutionNetwork
{
    /// <summary>What the flow network's names begin with in the state dictionary.</summary>
    internal const string FlowPrefix = "flownet.";

    private readonly FlowNetwork? flownet;
    private readonly Sequential conv1;
    private readonly Sequential conv2;
    private readonly Conv2d conv3;

    /// <summary>Creates the network with fresh weights, drawn from torch's generator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public VsrNet(VsrNetOptions? options = null)
        : base(NetworkCatalog.VsrNet)
    {
        Options = options ?? new VsrNetOptions();
        Options.Validate();
        PaddingModes padding = Options.Padding == VsrNetPadding.Replicate ? PaddingModes.Replicate : PaddingModes.Zeros;
        flownet = Options.Flow switch
        {
            VsrNetFlow.Compact => new CompactFlow(Options.CompactFlow),
            VsrNetFlow.FlowNetSD => new FlowNetSD(),
            _ => null,
        };
        foreach (Parameter parameter in flownet?.parameters() ?? [])
        {
            parameter.requires_grad_(false);
        }

        conv1 = Layer(1, 64, 9);
        conv2 = Layer(64 * Options.Frames, 32, 5);
        conv3 = Convolutions.Conv(32, 1, 5, padding: padding);
        nn.init.normal_(conv3.weight, 0, Options.Residual ? 1e-3 : 0.1);
        RegisterComponents();

        Sequential Layer(int inputs, int outputs, int size) => Options.Residual
            ? Convolutions.LeakyConv(inputs, outputs, size, padding: padding)
            : Convolutions.NormalizedConv(inputs, outputs, size, padding);
    }

    /// <summary>The hyper-parameters.</summary>
    public VsrNetOptions Options { get; }

    /// <summary>The flow network inside; null when built without. It belongs to this network.</summary>
    public FlowNetwork? Flow => flownet;

    /// <inheritdoc/>
    public override int Scale => Options.Scale;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings => Options.ToSettings();

    /// <summary>Restores the luma of the middle frame.</summary>
    /// <param name="enlarged">float32 or float64 [N, T, 3, H, W], RGB, 0..1, enlarged frames (<see cref="Enlarge"/>), T as in the options.</param>
    /// <returns>Luma [N, 1, H, W] of the middle frame, full range (<see cref="Luma"/>), in the frames' type. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">T is not the options' number of frames.</exception>
    public Tensor forward(Tensor enlarged)
    {
        if (enlarged.size(1) != Options.Frames)
        {
            throw new ArgumentException(
                $"a window of {enlarged.size(1)} frames; this network takes {Options.Frames}", nameof(enlarged));
        }

        using DisposeScope scope = NewDisposeScope();
        int middle = Options.Frames / 2;
        ScalarType weights = conv3.weight.dtype;
        Tensor luma = Luma(enlarged.flatten(0, 1)).unflatten(0, [enlarged.size(0), Options.Frames]);    // [N, T, 1, H, W]
        List<Tensor> features = [];
        for (int i = 0; i < Options.Frames; i++)
        {
            Tensor frame = luma.select(1, i);
            if (i != middle && flownet is not null)
            {
                frame = Align(enlarged.select(1, middle), enlarged.select(1, i), frame);
            }

            features.Add(Features(frame.to(weights)));
        }

        Tensor result = conv3.call(conv2.call(cat(features, 1))).to(enlarged.dtype);
        return scope.MoveToOuter(Options.Residual ? result + luma.select(1, middle) : sigmoid(result));
    }

    /// <summary>Enlarges low-resolution frames as the network expects them: bicubic, a = -0.75, replicated border, clamped to 0..1.</summary>
    /// <param name="lr">[N, 3, h, w], RGB, 0..1.</param>
    /// <returns>[N, 3, S*h, S*w]. The caller disposes it.</returns>
    public Tensor Enlarge(Tensor lr)
    {
        using Tensor enlarged = Resize.Enlarge(lr, Scale);
        return enlarged.clamp(0, 1);
    }

    /// <summary>Full-range luma of RGB: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).</summary>
    /// <param name="rgb">[N, 3, H, W].</param>
    /// <returns>[N, 1, H, W]. The caller disposes it.</returns>
    public static Tensor Luma(Tensor rgb)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor red = rgb.narrow(1, 0, 1);
        Tensor green = rgb.narrow(1, 1, 1);
        Tensor blue = rgb.narrow(1, 2, 1);
        return scope.MoveToOuter((0.299 * red).add_(green, alpha: 0.587).add_(blue, alpha: 0.114));
    }

    /// <inheritdoc/>
    public override IFrameUpscaler CreateUpscaler(InferenceOptions? options = null) => new WindowUpscaler(this, options ?? new());

    /// <inheritdoc/>
    public override long CountMultiplyAccumulates(int height, int width)
    {
        (int high, int wide) = (height * Scale, width * Scale);
        long layers = (Options.Frames * Convolutions.CountWeights(conv1)) + Convolutions.CountWeights(conv2) + Convolutions.CountWeights(conv3);
        long pair = flownet switch
        {
            null => 0,
            CompactFlow compact => compact.CountMultiplyAccumulates(height, width),       // on reduced frames
            _ => flownet.CountMultiplyAccumulates(high, wide),
        };
        return ((long)high * wide * layers) + ((Options.Frames - 1) * pair);
    }

    internal VsrNet CopyForInference(InferencePrecision precision)
    {
        VsrNet copy = new(Options);
        copy.to(conv3.weight.device);
        copy.CopyWeightsFrom(this);
        copy.SetPrecision(precision == InferencePrecision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32);
        copy.SetChannelsLast();
        copy.eval();
        return copy;
    }

    /// <summary>The first layer: 64 channels of one frame's luma.</summary>
    private Tensor Features(Tensor luma)
    {
        Tensor x = LumaConvolution.Call((Conv2d)conv1[0], luma);
        for (int i = 1; i < conv1.Count; i++)
        {
            x = conv1[i].call(x);
        }

        return x;
    }

    /// <summary>The neighbour's luma as seen from the middle frame.</summary>
    private Tensor Align(Tensor middle, Tensor neighbour, Tensor luma)
    {
        using IDisposable noGrad = no_grad();
        return Warp.Sample(luma, flownet is CompactFlow ? EstimateReduced(middle, neighbour) : flownet!.Estimate(middle, neighbour));
    }

    /// <summary>The compact network is made for low resolution: enlarged frames are averaged down by S, the flow is enlarged by S.</summary>
    private Tensor EstimateReduced(Tensor middle, Tensor neighbour)
    {
        Tensor a = F.avg_pool2d(BorderPadding.ToMultiple(middle, Scale), Scale);
        Tensor b = F.avg_pool2d(BorderPadding.ToMultiple(neighbour, Scale), Scale);
        Tensor flow = Resize.EnlargeBilinear(flownet!.Estimate(a, b), Scale).mul_(Scale);
        return BorderPadding.Crop(flow, middle.size(2), middle.size(3));
    }
}
