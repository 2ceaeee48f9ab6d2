namespace Vsr.Video;

/// <summary>Luma and colour differences instead of red, green and blue.</summary>
internal readonly partial record struct ColorTransform
{
    /// <summary>
    /// The transform to what <paramref name="color"/> says: luma in the first row (R), colour differences in the others.
    /// </summary>
    public static ColorTransform Of(
        PictureLayout layout, string? matrixName, string? range, int pictureHeight, SampleColor color)
    {
        ColorTransform rgb = Of(layout, matrixName, range, pictureHeight);
        if (color == SampleColor.Rgb)
        {
            return rgb;
        }

        ColorTransform parts;
        if (IsOfColors(layout, matrixName, pictureHeight))
        {
            parts = rgb.ToDifferences(YuvMatrix.FromName(null, pictureHeight).Weights);
        }
        else if (layout.IsGray)
        {
            parts = new ColorTransform(rgb.Offset0, 0, 0, rgb.R0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        else
        {
            SampleScale scale = SampleScale.Of(layout.BitDepth, layout.IsFullRangeByName || range == "pc");
            double chroma = 1 / scale.ChromaSpan;
            parts = new ColorTransform(scale.LumaOffset, scale.ChromaOffset, scale.ChromaOffset,
                1 / scale.LumaSpan, 0, 0, 0, chroma, 0, 0, 0, chroma);
        }

        return parts with { ConstantG = 0.5, ConstantB = 0.5 };
    }

    /// <summary>Whether a picture's components are colours themselves, so that its luma has to be calculated from all three.</summary>
    public static bool IsOfColors(PictureLayout layout, string? matrixName, int pictureHeight) =>
        layout.HasPalette || layout.IsRgb
        || (!layout.IsGray && YuvMatrix.FromName(matrixName, pictureHeight).IsIdentity);

    // Y = Kr R + Kg G + Kb B, Cb = (B - Y) / (2 (1 - Kb)), Cr = (R - Y) / (2 (1 - Kr)): H.273, equations 38 to 40.
    private ColorTransform ToDifferences((double Kr, double Kb) weights)
    {
        (double kr, double kb) = weights;
        double kg = 1 - kr - kb;
        double y0 = (kr * R0) + (kg * G0) + (kb * B0);
        double y1 = (kr * R1) + (kg * G1) + (kb * B1);
        double y2 = (kr * R2) + (kg * G2) + (kb * B2);
        double cb = 1 / (2 * (1 - kb));
        double cr = 1 / (2 * (1 - kr));
        return new ColorTransform(Offset0, Offset1, Offset2, y0, y1, y2,
            (B0 - y0) * cb, (B1 - y1) * cb, (B2 - y2) * cb, (R0 - y0) * cr, (R1 - y1) * cr, (R2 - y2) * cr);
    }
}
