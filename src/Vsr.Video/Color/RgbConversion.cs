namespace Vsr.Video;

/// <summary>The loop over rows behind RgbConverter, on planes in memory.</summary>
internal static class RgbConversion
{
    /// <summary>Converts a crop of a picture to planar RGB, to luma or to luma and colour differences.</summary>
    /// <param name="planes">The picture's planes.</param>
    /// <param name="layout">The picture's format.</param>
    /// <param name="color">The stream's colour tags.</param>
    /// <param name="width">The whole picture's width in pixels.</param>
    /// <param name="height">The whole picture's height in pixels.</param>
    /// <param name="crop">The part to convert; null is all.</param>
    /// <param name="planar">Receives [3, crop height, crop width]; [1, ...] for luma.</param>
    /// <param name="sampleColor">What the channels are.</param>
    /// <exception cref="ArgumentOutOfRangeException">The crop does not lie inside the picture.</exception>
    /// <exception cref="ArgumentException">The output has another length.</exception>
    public static void Convert<T, TSample>(PicturePlanes planes, PictureLayout layout, ColorDescription color, int width,
        int height, PixelRect? crop, Span<T> planar, SampleColor sampleColor = SampleColor.Rgb)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        PixelRect part = crop ?? PixelRect.Whole(width, height);
        part.RequireInside(width, height, nameof(crop));
        int area = checked(part.Width * part.Height);
        int channels = ChannelCount(sampleColor);
        if (planar.Length != (long)channels * area)
        {
            throw new ArgumentException($"the output holds {planar.Length} samples, {part.Width}x{part.Height} needs "
                + $"{(long)channels * area}; pass {channels} x width x height", nameof(planar));
        }

        ColorTransform transform = ColorTransform.Of(layout, color.Matrix, color.Range, height, sampleColor);
        ChromaSiting siting = ChromaSiting.FromName(color.ChromaLocation);
        if (channels == 1 && !ColorTransform.IsOfColors(layout, color.Matrix, height))
        {
            // Nothing of the chroma planes is read.
            layout = layout with { Components = [layout.Components[0]] };
        }

        ComponentRows rows = new(planes, layout, transform, siting, width, height, part);
        try
        {
            for (int y = 0; y < part.Height; y++)
            {
                Span<T> first = planar.Slice(y * part.Width, part.Width);
                if (channels == 1)
                {
                    RgbKernel.ConvertFirst<T, TSample>(rows.At(part.Y + y), transform, first);
                    continue;
                }

                RgbKernel.Convert<T, TSample>(rows.At(part.Y + y), transform, first,
                    planar.Slice(area + (y * part.Width), part.Width), planar.Slice((2 * area) + (y * part.Width), part.Width));
            }
        }
        finally
        {
            rows.Dispose();
        }
    }

    /// <summary>The number of channels: 1 or 3.</summary>
    public static int ChannelCount(SampleColor color) => color switch
    {
        SampleColor.Rgb or SampleColor.YCbCr => 3,
        SampleColor.Luma => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, "use SampleColor.Rgb, Luma or YCbCr"),
    };
}
