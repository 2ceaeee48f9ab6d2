namespace Vsr.Video;

/// <summary>The loop over rows behind RgbConverter, on planes in memory.</summary>
internal static class RgbConversion
{
    /// <summary>Converts a crop of a picture to planar RGB.</summary>
    /// <param name="planes">The picture's planes.</param>
    /// <param name="layout">The picture's format.</param>
    /// <param name="color">The stream's colour tags.</param>
    /// <param name="width">The whole picture's width in pixels.</param>
    /// <param name="height">The whole picture's height in pixels.</param>
    /// <param name="crop">The part to convert; null is all.</param>
    /// <param name="planar">Receives [3, crop height, crop width].</param>
    /// <exception cref="ArgumentOutOfRangeException">The crop does not lie inside the picture.</exception>
    /// <exception cref="ArgumentException">The output has another length.</exception>
    public static void Convert<T, TSample>(PicturePlanes planes, PictureLayout layout, ColorDescription color, int width,
        int height, PixelRect? crop, Span<T> planar)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        PixelRect part = crop ?? PixelRect.Whole(width, height);
        part.RequireInside(width, height, nameof(crop));
        int area = checked(part.Width * part.Height);
        if (planar.Length != 3L * area)
        {
            throw new ArgumentException($"the output holds {planar.Length} samples, {part.Width}x{part.Height} needs "
                + $"{3L * area}; pass 3 x width x height", nameof(planar));
        }

        ColorTransform transform = ColorTransform.Of(layout, color.Matrix, color.Range, height);
        ChromaSiting siting = ChromaSiting.FromName(color.ChromaLocation);
        ComponentRows rows = new(planes, layout, transform, siting, width, height, part);
        try
        {
            for (int y = 0; y < part.Height; y++)
            {
                int at = y * part.Width;
                RgbKernel.Convert<T, TSample>(rows.At(part.Y + y), transform, planar.Slice(at, part.Width),
                    planar.Slice(area + at, part.Width), planar.Slice((2 * area) + at, part.Width));
            }
        }
        finally
        {
            rows.Dispose();
        }
    }
}
