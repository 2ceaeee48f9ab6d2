using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>FlowNet2-SD: the small-displacement network of FlowNet 2.0 (Ilg et al., CVPR 2017, arXiv:1612.01925), 45,371,666 parameters.</summary>
/// <remarks>
/// Encoder to 1/64, decoder to 1/4; LeakyReLU 0.1, no batch normalization, biased transposed convolutions, no activation
/// in the inter-convolutions. The flow's numbers are 20 times pixels of the full resolution, as released (composite
/// FlowNet 2.0 divides by 20; the stand-alone class of the PyTorch port multiplies instead: not followed).
/// </remarks>
public sealed class FlowNetSD : FlowNetwork
{
    /// <summary>Frames given to <see cref="forward"/> have sides that are multiples of this.</summary>
    public const int SizeMultiple = 64;

    /// <summary>The output's numbers are this many times pixels of the full resolution.</summary>
    public const double UnitsPerPixel = 20;

    private readonly Sequential conv0, conv1, conv1_1, conv2, conv2_1, conv3, conv3_1;
    private readonly Sequential conv4, conv4_1, conv5, conv5_1, conv6, conv6_1;
    private readonly Sequential deconv5, deconv4, deconv3, deconv2;
    private readonly Sequential inter_conv5, inter_conv4, inter_conv3, inter_conv2;
    private readonly Conv2d predict_flow6, predict_flow5, predict_flow4, predict_flow3, predict_flow2;
    private readonly ConvTranspose2d upsampled_flow6_to_5, upsampled_flow5_to_4, upsampled_flow4_to_3, upsampled_flow3_to_2;

    /// <summary>Creates the network with fresh weights, drawn from torch's generator.</summary>
    public FlowNetSD()
        : base(NetworkCatalog.FlowNetSD)
    {
        conv0 = Convolutions.LeakyConv(6, 64);
        conv1 = Convolutions.LeakyConv(64, 64, stride: 2);
        conv1_1 = Convolutions.LeakyConv(64, 128);
        conv2 = Convolutions.LeakyConv(128, 128, stride: 2);
        conv2_1 = Convolutions.LeakyConv(128, 128);
        conv3 = Convolutions.LeakyConv(128, 256, stride: 2);
        conv3_1 = Convolutions.LeakyConv(256, 256);
        conv4 = Convolutions.LeakyConv(256, 512, stride: 2);
        conv4_1 = Convolutions.LeakyConv(512, 512);
        conv5 = Convolutions.LeakyConv(512, 512, stride: 2);
        conv5_1 = Convolutions.LeakyConv(512, 512);
        conv6 = Convolutions.LeakyConv(512, 1024, stride: 2);
        conv6_1 = Convolutions.LeakyConv(1024, 1024);
        deconv5 = Convolutions.LeakyDoubling(1024, 512);
        deconv4 = Convolutions.LeakyDoubling(512 + 512 + 2, 256);
        deconv3 = Convolutions.LeakyDoubling(512 + 256 + 2, 128);
        deconv2 = Convolutions.LeakyDoubling(256 + 128 + 2, 64);
        inter_conv5 = nn.Sequential(Convolutions.Conv(512 + 512 + 2, 512));
        inter_conv4 = nn.Sequential(Convolutions.Conv(512 + 256 + 2, 256));
        inter_conv3 = nn.Sequential(Convolutions.Conv(256 + 128 + 2, 128));
        inter_conv2 = nn.Sequential(Convolutions.Conv(128 + 64 + 2, 64));
        predict_flow6 = Convolutions.Conv(1024, 2);
        predict_flow5 = Convolutions.Conv(512, 2);
        predict_flow4 = Convolutions.Conv(256, 2);
        predict_flow3 = Convolutions.Conv(128, 2);
        predict_flow2 = Convolutions.Conv(64, 2);
        upsampled_flow6_to_5 = Convolutions.Doubling(2, 2);
        upsampled_flow5_to_4 = Convolutions.Doubling(2, 2);
        upsampled_flow4_to_3 = Convolutions.Doubling(2, 2);
        upsampled_flow3_to_2 = Convolutions.Doubling(2, 2);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Estimates flow at a quarter of the resolution.</summary>
    /// <param name="pair">[N, 6, H, W]: first frame RGB, second frame RGB, the pair's mean removed (<see cref="JoinPair"/>); H and W multiples of 64.</param>
    /// <returns>[N, 2, H/4, W/4], x then y, 20 times pixels of the full resolution, in the weights' type. The caller disposes it.</returns>
    public Tensor forward(Tensor pair)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor c2 = conv2_1.call(conv2.call(conv1_1.call(conv1.call(conv0.call(pair)))));
        Tensor c3 = conv3_1.call(conv3.call(c2));
        Tensor c4 = conv4_1.call(conv4.call(c3));
        Tensor c5 = conv5_1.call(conv5.call(c4));
        Tensor c6 = conv6_1.call(conv6.call(c5));
        Tensor flow = predict_flow6.call(c6);
        Tensor level = cat([c5, deconv5.call(c6), upsampled_flow6_to_5.call(flow)], 1);       // 1/32
        flow = predict_flow5.call(inter_conv5.call(level));
        level = cat([c4, deconv4.call(level), upsampled_flow5_to_4.call(flow)], 1);           // 1/16
        flow = predict_flow4.call(inter_conv4.call(level));
        level = cat([c3, deconv3.call(level), upsampled_flow4_to_3.call(flow)], 1);           // 1/8
        flow = predict_flow3.call(inter_conv3.call(level));
        level = cat([c2, deconv2.call(level), upsampled_flow3_to_2.call(flow)], 1);           // 1/4
        return scope.MoveToOuter(predict_flow2.call(inter_conv2.call(level)));
    }

    /// <summary>Joins two frames to the network's input: per pair and channel, the mean over both frames is removed.</summary>
    /// <param name="a">[N, 3, H, W], RGB, 0..1.</param>
    /// <param name="b">The same shape.</param>
    /// <returns>[N, 6, H, W]. The caller disposes it.</returns>
    public static Tensor JoinPair(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pair = stack([a, b], 1);                                                        // [N, 2, 3, H, W]
        return scope.MoveToOuter((pair - pair.mean([1, 3, 4], keepdim: true)).flatten(1, 2));
    }

    /// <inheritdoc/>
    public override Tensor Estimate(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType weights = predict_flow2.weight.dtype;
        Tensor pair = BorderPadding.ToMultiple(JoinPair(a, b), SizeMultiple).to(weights);
        bool half = weights is ScalarType.BFloat16 or ScalarType.Float16;                      // as the weights then lie, too
        Tensor quarter = forward(half ? TensorLayout.ToChannelsLast(pair) : pair).to(a.dtype);
        Tensor pixels = Resize.EnlargeBilinear(quarter, 4).div_(UnitsPerPixel);
        return scope.MoveToOuter(BorderPadding.Crop(pixels, a.size(2), a.size(3)));
    }

    internal override long CountMultiplyAccumulates(int height, int width)
    {
        long positions = (long)BorderPadding.Padded(height, SizeMultiple) * BorderPadding.Padded(width, SizeMultiple);
        return (positions * Count(conv0))
            + ((positions >> 2) * Count(conv1, conv1_1))
            + ((positions >> 4) * Count(conv2, conv2_1, inter_conv2, predict_flow2))
            + ((positions >> 6) * Count(conv3, conv3_1, inter_conv3, predict_flow3, deconv2, upsampled_flow3_to_2))
            + ((positions >> 8) * Count(conv4, conv4_1, inter_conv4, predict_flow4, deconv3, upsampled_flow4_to_3))
            + ((positions >> 10) * Count(conv5, conv5_1, inter_conv5, predict_flow5, deconv4, upsampled_flow5_to_4))
            + ((positions >> 12) * Count(conv6, conv6_1, predict_flow6, deconv5, upsampled_flow6_to_5));

        // a transposed convolution multiplies once a weight at every position of its input
        static long Count(params nn.Module[] layers) => layers.Sum(Convolutions.CountWeights);
    }
}
