namespace Vsr.Video;

/// <summary>
/// The definition of <see cref="RgbConversion"/> pixel by pixel in double precision: slow, exact, and what the fast path and
/// later kernels are tested against.
/// </summary>
internal static class PlainRgbConversion
{
    /// <summary>Converts a whole picture to planar RGB [3, height, width], 0..1, clamped, not rounded.</summary>
    public static double[] Convert(
        PicturePlanes planes, PictureLayout layout, ColorDescription color, int width, int height)
    {
        ColorTransform t = ColorTransform.Of(layout, color.Matrix, color.Range, height);
        ChromaSiting siting = ChromaSiting.FromName(color.ChromaLocation);
        double[] output = new double[3 * width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (double a, double b, double c) = Samples(planes, layout, siting, width, height, x, y);
                (a, b, c) = (a - t.Offset0, b - t.Offset1, c - t.Offset2);
                int at = (y * width) + x;
                output[at] = Math.Clamp((a * t.R0) + (b * t.R1) + (c * t.R2), 0, 1);
                output[at + (width * height)] = Math.Clamp((a * t.G0) + (b * t.G1) + (c * t.G2), 0, 1);
                output[at + (2 * width * height)] = Math.Clamp((a * t.B0) + (b * t.B1) + (c * t.B2), 0, 1);
            }
        }

        return output;
    }

    /// <summary>Luma and colour differences [3, height, width], 0..1, clamped, not rounded; luma alone is the first of them.</summary>
    public static double[] ConvertToYCbCr(
        PicturePlanes planes, PictureLayout layout, ColorDescription color, int width, int height)
    {
        ColorTransform t = ColorTransform.Of(layout, color.Matrix, color.Range, height);
        ChromaSiting siting = ChromaSiting.FromName(color.ChromaLocation);
        bool isOfColors = ColorTransform.IsOfColors(layout, color.Matrix, height);
        (double kr, double kb) = YuvMatrix.FromName(null, height).Weights;
        bool fullRange = layout.IsFullRangeByName || color.Range == "pc";
        SampleScale scale = SampleScale.Of(Math.Max(layout.BitDepth, 8), fullRange);
        double[] output = new double[3 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            (double a, double b, double c) = Samples(planes, layout, siting, width, height, i % width, i / width);
            double y, cb, cr;
            if (layout.IsGray)
            {
                (y, cb, cr) = ((a - t.Offset0) * t.R0, 0, 0);
            }
            else if (isOfColors)
            {
                (a, b, c) = (a - t.Offset0, b - t.Offset1, c - t.Offset2);
                double red = (a * t.R0) + (b * t.R1) + (c * t.R2);
                double green = (a * t.G0) + (b * t.G1) + (c * t.G2);
                double blue = (a * t.B0) + (b * t.B1) + (c * t.B2);
                y = (kr * red) + ((1 - kr - kb) * green) + (kb * blue);
                (cb, cr) = ((blue - y) / (2 * (1 - kb)), (red - y) / (2 * (1 - kr)));
            }
            else
            {
                y = (a - scale.LumaOffset) / scale.LumaSpan;
                (cb, cr) = ((b - scale.ChromaOffset) / scale.ChromaSpan, (c - scale.ChromaOffset) / scale.ChromaSpan);
            }

            output[i] = Math.Clamp(y, 0, 1);
            output[i + (width * height)] = Math.Clamp(cb + 0.5, 0, 1);
            output[i + (2 * width * height)] = Math.Clamp(cr + 0.5, 0, 1);
        }

        return output;
    }

    private static (double First, double Second, double Third) Samples(
        PicturePlanes planes, PictureLayout layout, ChromaSiting siting, int width, int height, int x, int y)
    {
        SampleLayout first = layout.Components[0];
        if (layout.HasPalette)
        {
            ReadOnlySpan<byte> entry = planes.Plane(1).Slice(4 * planes.Row(0, y)[x], 4);
            return (entry[2], entry[1], entry[0]);
        }

        double luma = SampleReader.One(planes.Row(first.Plane, y), first, x);
        return layout.IsGray
            ? (luma, 0, 0)
            : (luma, Chroma(planes, layout, siting, width, height, x, y, 1),
                Chroma(planes, layout, siting, width, height, x, y, 2));
    }

    private static double Chroma(PicturePlanes planes, PictureLayout layout, ChromaSiting siting, int width, int height,
        int x, int y, int component)
    {
        int factorX = layout.IsRgb ? 1 : 1 << layout.ChromaShiftX;
        int factorY = layout.IsRgb ? 1 : 1 << layout.ChromaShiftY;
        (int left, int right, double weightX) = ChromaInterpolation.At(
            x, factorX, siting.OffsetX(factorX), layout.ComponentWidth(component, width));
        (int above, int below, double weightY) = ChromaInterpolation.At(
            y, factorY, siting.OffsetY(factorY), layout.ComponentHeight(component, height));
        SampleLayout part = layout.Components[component];
        ReadOnlySpan<byte> upper = planes.Row(part.Plane, above);
        ReadOnlySpan<byte> lower = planes.Row(part.Plane, below);
        double top = Between(SampleReader.One(upper, part, left), SampleReader.One(upper, part, right), weightX);
        double bottom = Between(SampleReader.One(lower, part, left), SampleReader.One(lower, part, right), weightX);
        return Between(top, bottom, weightY);
    }

    private static double Between(double first, double second, double secondWeight) =>
        first + ((second - first) * secondWeight);
}
