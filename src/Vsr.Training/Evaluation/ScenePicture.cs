using TorchSharp;
using Vsr.Video.Analysis;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>The small picture by which cuts are found, of a frame on the device.</summary>
internal static class ScenePicture
{
    /// <summary>Averages a frame and converts it to BT.601, studio range.</summary>
    /// <param name="rgb">float32 [1, 3, H, W], 0..1.</param>
    public static AnalysisPicture Of(Tensor rgb)
    {
        using DisposeScope scope = NewDisposeScope();
        const int width = AnalysisPicture.StandardWidth;
        int height = AnalysisPicture.HeightFor((int)rgb.size(3), (int)rgb.size(2));
        Tensor small = nn.functional.adaptive_avg_pool2d(rgb, [height, width]).cpu();
        (Tensor red, Tensor green, Tensor blue) = (small[0, 0], small[0, 1], small[0, 2]);
        return new AnalysisPicture(
            width,
            height,
            Bytes((65.481 * red) + (128.553 * green) + (24.966 * blue) + 16),
            Bytes((-37.797 * red) - (74.203 * green) + (112 * blue) + 128),
            Bytes((112 * red) - (93.786 * green) - (18.214 * blue) + 128));
    }

    private static byte[] Bytes(Tensor plane) => plane.round().to(ScalarType.Byte).contiguous().bytes.ToArray();
}
