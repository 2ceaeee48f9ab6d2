using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>The layers that the networks are made of.</summary>
internal static class Convolutions
{
    /// <summary>A convolution of odd size that keeps the picture's size, or halves it with stride 2.</summary>
    public static Conv2d Conv(
        int inputs, int outputs, int size = 3, int stride = 1, bool bias = true, PaddingModes padding = PaddingModes.Zeros) =>
        nn.Conv2d(inputs, outputs, size, stride, (size - 1) / 2, padding_mode: padding, bias: bias);

    /// <summary>Convolution and LeakyReLU 0.1, as the state dictionary's "0".</summary>
    public static Sequential LeakyConv(
        int inputs, int outputs, int size = 3, int stride = 1, PaddingModes padding = PaddingModes.Zeros) =>
        nn.Sequential(Conv(inputs, outputs, size, stride, padding: padding), nn.LeakyReLU(0.1, inplace: true));

    /// <summary>Convolution without bias ("0"), batch normalization ("1") and LeakyReLU 0.1.</summary>
    public static Sequential NormalizedConv(int inputs, int outputs, int size, PaddingModes padding) =>
        nn.Sequential(
            Conv(inputs, outputs, size, bias: false, padding: padding),
            nn.BatchNorm2d(outputs),
            nn.LeakyReLU(0.1, inplace: true));

    /// <summary>Transposed 4x4 convolution that doubles the size, and LeakyReLU 0.1.</summary>
    public static Sequential LeakyDoubling(int inputs, int outputs) =>
        nn.Sequential(Doubling(inputs, outputs), nn.LeakyReLU(0.1, inplace: true));

    /// <summary>Transposed 4x4 convolution that doubles the size.</summary>
    public static ConvTranspose2d Doubling(int inputs, int outputs) =>
        nn.ConvTranspose2d(inputs, outputs, 4, stride: 2, padding: 1);

    /// <summary>The values of the convolutions' weights in a module, biases apart: what one position multiplies and adds.</summary>
    public static long CountWeights(nn.Module module) =>
        module.parameters().Where(parameter => parameter.dim() == 4).Sum(parameter => parameter.numel());
}
