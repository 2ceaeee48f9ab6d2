namespace Vsr.Video;

/// <summary>
/// What turns three samples into red, green and blue of 0..1: an offset for each sample, then a three by three matrix
/// (RGB passes with a diagonal one, grey with the first column alone). Double precision; the fast path rounds it to float.
/// </summary>
internal readonly partial record struct ColorTransform(double Offset0, double Offset1, double Offset2,
    double R0, double R1, double R2, double G0, double G1, double G2, double B0, double B1, double B2)
{
    /// <summary>Added to the second row's sum: 0, or 0.5 where the row is a colour difference.</summary>
    public double ConstantG { get; init; }

    /// <summary>Added to the third row's sum, as <see cref="ConstantG"/>.</summary>
    public double ConstantB { get; init; }

    /// <summary>The transform of a format with these colour tags, for a picture of this height.</summary>
    /// <remarks>
    /// Range: formats that say full range by name, then the stream's tag, then limited for YUV and full for grey and RGB.
    /// Grey tagged "tv" is stretched like luma.
    /// </remarks>
    public static ColorTransform Of(PictureLayout layout, string? matrixName, string? range, int pictureHeight)
    {
        if (layout.HasPalette)
        {
            return Diagonal(255, 255, 255);
        }

        IReadOnlyList<SampleLayout> parts = layout.Components;
        if (layout.IsRgb)
        {
            return Diagonal(parts[0].Maximum, parts[1].Maximum, parts[2].Maximum);
        }

        if (layout.IsGray)
        {
            bool limited = range == "tv" && parts[0].Depth >= 8 && !parts[0].IsFloat;
            SampleScale scale = limited ? SampleScale.Of(parts[0].Depth, fullRange: false) : new(0, parts[0].Maximum, 0, 1);
            double step = 1 / scale.LumaSpan;
            return new ColorTransform(scale.LumaOffset, 0, 0, step, 0, 0, step, 0, 0, step, 0, 0);
        }

        return OfYuv(layout, YuvMatrix.FromName(matrixName, pictureHeight), range);
    }

    private static ColorTransform OfYuv(PictureLayout layout, YuvMatrix matrix, string? range)
    {
        SampleScale scale = SampleScale.Of(layout.BitDepth, layout.IsFullRangeByName || range == "pc");
        double luma = 1 / scale.LumaSpan;
        double chroma = 1 / (matrix.IsIdentity ? scale.LumaSpan : scale.ChromaSpan);
        double chromaOffset = matrix.IsIdentity ? scale.LumaOffset : scale.ChromaOffset;
        return new ColorTransform(scale.LumaOffset, chromaOffset, chromaOffset,
            matrix.Ry * luma, matrix.Ru * chroma, matrix.Rv * chroma,
            matrix.Gy * luma, matrix.Gu * chroma, matrix.Gv * chroma,
            matrix.By * luma, matrix.Bu * chroma, matrix.Bv * chroma);
    }

    private static ColorTransform Diagonal(double maximum0, double maximum1, double maximum2) =>
        new(0, 0, 0, 1 / maximum0, 0, 0, 0, 1 / maximum1, 0, 0, 0, 1 / maximum2);
}
