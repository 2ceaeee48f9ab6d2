using TorchSharp;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Upscaling;

/// <summary>A before-and-after picture of one frame: bicubic enlargement on the left, the network on the right, a white line between.</summary>
/// <remarks>The enlargement is libtorch's bicubic (a = -0.75), of what the network got; the picture is turned as players show it.</remarks>
internal sealed class PreviewPicture
{
    private readonly RgbImage _image;

    private PreviewPicture(RgbImage image) => _image = image;

    /// <summary>Puts the two halves together.</summary>
    /// <param name="lr">float32 [1, 3, h, w], 0..1.</param>
    /// <param name="sr">float32 [1, 3, H, W], unclamped.</param>
    /// <param name="rotation">Degrees counterclockwise for display, as ffprobe prints them.</param>
    public static PreviewPicture Create(Tensor lr, Tensor sr, int rotation)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor enlarged = nn.functional.interpolate(
            lr, [sr.size(2), sr.size(3)], mode: InterpolationMode.Bicubic, align_corners: false);
        Tensor before = Upright(Round(enlarged), rotation);
        Tensor after = Upright(Round(sr), rotation);                            // uint8 [3, H', W']
        long half = after.size(2) / 2;
        long line = Math.Clamp(after.size(2) / 480, 1, 8);
        Tensor joined = after.clone();
        joined.narrow(2, 0, half).copy_(before.narrow(2, 0, half));
        joined.narrow(2, Math.Max(0, half - (line / 2)), Math.Min(line, after.size(2))).fill_(255);
        Tensor host = joined.cpu().contiguous();
        return new PreviewPicture(RgbImage.FromRgb8((int)host.size(2), (int)host.size(1), host.bytes));
    }

    /// <summary>The picture.</summary>
    public RgbImage Image => _image;

    /// <summary>Writes the picture as .png.</summary>
    public void Save(string path) => PictureFile.Write(path, _image);

    private static Tensor Round(Tensor rgb) => rgb.squeeze(0).clamp(0, 1).mul(255).add_(0.5).to(ScalarType.Byte);

    private static Tensor Upright(Tensor rgb, int rotation) =>
        rotation % 90 == 0 ? rot90(rgb, (((rotation / 90) % 4) + 4) % 4, (1, 2)) : rgb;
}
