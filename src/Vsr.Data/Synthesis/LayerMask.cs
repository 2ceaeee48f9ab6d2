using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>The outline of a foreground layer: where smooth noise, moving with the layer, passes a threshold.</summary>
internal sealed class LayerMask
{
    private const int Cells = 40;
    private const int Enlargement = 8;
    private const double Sharpness = 40;

    private readonly Tensor _noise;      // float32 [1, 1, 320, 320]
    private readonly double _threshold;
    private readonly Affine _toUnits;

    /// <summary>Draws a mask; its tensors belong to the caller's dispose scope.</summary>
    public LayerMask(MotionRandom random, Device device)
    {
        float[] values = new float[Cells * Cells];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.Normal(1);
        }

        const int size = Cells * Enlargement;
        Tensor coarse = tensor(values).reshape(1, 1, Cells, Cells).to(device, non_blocking: true);
        _noise = nn.functional.interpolate(
            coarse, size: [size, size], mode: InterpolationMode.Bicubic, align_corners: false) * 2;
        _threshold = random.Uniform(0.3, 1.2);
        double zoom = random.Uniform(0.06, 0.4);
        _toUnits = StillTexture.UnitsOf(size, size).After(Affine.Similarity(zoom, 0, size / 2.0, size / 2.0));
    }

    /// <summary>How much of the layer is seen: 0..1, soft at the outline. float32 [T, 1, n, n].</summary>
    public Tensor Opacity(PointGrid points, MotionPath path) => (Level(points, path) * Sharpness).sigmoid_();

    /// <summary>Where the layer is on top: bool [T, 1, n, n].</summary>
    public Tensor Covers(PointGrid points, MotionPath path) => Level(points, path) > 0;

    private Tensor Level(PointGrid points, MotionPath path) =>
        TextureSampler.Bilinear(_noise, points.Positions(path, _toUnits)) - _threshold;
}
