using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>A place in a still that a layer shows.</summary>
/// <param name="Picture">uint8 [3, H, W] on the device; the set of stills owns it.</param>
/// <param name="Zoom">Still pixels a high-resolution pixel.</param>
/// <param name="CentreX">The still's column in the middle of the picture.</param>
/// <param name="CentreY">The still's row there.</param>
/// <param name="Rotation">Rotation of the still in radians.</param>
internal sealed record StillTexture(Tensor Picture, double Zoom, double CentreX, double CentreY, double Rotation)
{
    /// <summary>From the layer's points to grid_sample's units (align_corners false).</summary>
    public Affine ToUnits => UnitsOf(Picture.size(2), Picture.size(1))
        .After(Affine.Similarity(Zoom, Rotation, CentreX, CentreY));

    /// <summary>From a picture's pixels, edges at 0 and its size, to -1..1.</summary>
    public static Affine UnitsOf(long width, long height) => new(2.0 / width, 0, -1, 0, 2.0 / height, -1);
}
