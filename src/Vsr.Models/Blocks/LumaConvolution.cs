using TorchSharp;
using TorchSharp.Modules;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Blocks;

/// <summary>A convolution of pictures with one channel, done so that a GPU is fast at it and the channels of the result lie innermost.</summary>
/// <remarks>
/// cuDNN has no tensor-core kernel for one input channel, and its result lies plane by plane, which costs batch
/// normalization and LeakyReLU three times the convolution's own time. Here the K columns under the filter become K
/// channels, filled up with zeros to a multiple of 16, and the filter becomes one of K rows: the same products, in another
/// order of summation.
/// </remarks>
internal static class LumaConvolution
{
    private const int ChannelMultiple = 16;

    /// <summary>Convolves; on the CPU, and where the picture's own gradient is wanted, by the plain convolution.</summary>
    /// <param name="convolution">1 to C channels, odd size K, stride 1, padded by (K - 1) / 2 with zeros or the border.</param>
    /// <param name="x">[N, 1, H, W] in the weights' type.</param>
    /// <returns>[N, C, H, W]; channels last on a GPU.</returns>
    public static Tensor Call(Conv2d convolution, Tensor x) =>
        x.device_type == DeviceType.CUDA && !x.requires_grad ? ByColumns(convolution, x) : convolution.call(x);

    /// <summary>The way for GPUs, on any device.</summary>
    public static Tensor ByColumns(Conv2d convolution, Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = convolution.weight;                                          // [C, 1, K, K]
        int size = (int)weight.size(3);
        int margin = (size - 1) / 2;
        int channels = (size + ChannelMultiple - 1) / ChannelMultiple * ChannelMultiple;
        bool replicated = convolution.padding_mode == PaddingModes.Replicate;
        Tensor wide = replicated ? F.pad(x, [margin, margin, margin, margin], PaddingModes.Replicate) : F.pad(x, [margin, margin]);
        wide = F.pad(wide, [0, channels - size]).contiguous();                       // the last channels meet zero weights
        (long height, long width) = (wide.size(2), wide.size(3));
        Tensor columns = wide.as_strided([x.size(0), channels, height, x.size(3)], [height * width, 1, width, 1]);
        Tensor rows = F.pad(weight.squeeze(1).transpose(1, 2).unsqueeze(3), [0, 0, 0, 0, 0, channels - size]);
        Tensor result = F.conv2d(
            TensorLayout.ToChannelsLast(columns), TensorLayout.ToChannelsLast(rows), convolution.bias,
            padding: [replicated ? 0 : margin, 0]);
        return scope.MoveToOuter(result);
    }
}
