namespace Vsr.Video;

/// <summary>The way back of <see cref="ColorTransform"/>: red, green, blue as integers of full scale to three code values.</summary>
internal readonly record struct YuvTransform(double Offset0, double Offset1, double Offset2,
    double Y0, double Y1, double Y2, double U0, double U1, double U2, double V0, double V1, double V2)
{
    /// <summary>The inverse of the transform that pictures of this format and tags are read with.</summary>
    /// <param name="layout">The format to be made.</param>
    /// <param name="color">Its colour tags; unspecified ones mean what they mean to the reader.</param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <param name="fullScale">The value of full-scale red: 255 or 65535.</param>
    public static YuvTransform Of(PictureLayout layout, ColorDescription color, int height, double fullScale)
    {
        ColorTransform t = ColorTransform.Of(layout, color.Matrix, color.Range, height);
        if (layout.IsGray)
        {
            // Grey of colour: luma of the matrix that goes with the picture.
            (double kr, double kb) = YuvMatrix.FromName(null, height).Weights;
            double step = 1 / (t.R0 * fullScale);
            return new YuvTransform(t.Offset0, 0, 0, kr * step, (1 - kr - kb) * step, kb * step, 0, 0, 0, 0, 0, 0);
        }

        double a = (t.G1 * t.B2) - (t.G2 * t.B1);
        double b = (t.G2 * t.B0) - (t.G0 * t.B2);
        double c = (t.G0 * t.B1) - (t.G1 * t.B0);
        double scale = 1 / (((t.R0 * a) + (t.R1 * b) + (t.R2 * c)) * fullScale);
        return new YuvTransform(t.Offset0, t.Offset1, t.Offset2,
            a * scale, ((t.R2 * t.B1) - (t.R1 * t.B2)) * scale, ((t.R1 * t.G2) - (t.R2 * t.G1)) * scale,
            b * scale, ((t.R0 * t.B2) - (t.R2 * t.B0)) * scale, ((t.R2 * t.G0) - (t.R0 * t.G2)) * scale,
            c * scale, ((t.R1 * t.B0) - (t.R0 * t.B1)) * scale, ((t.R0 * t.G1) - (t.R1 * t.G0)) * scale);
    }
}
