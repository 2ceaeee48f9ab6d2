namespace Vsr.Video;

/// <summary>
/// Planar RGB to a picture of any integer pixel format with byte-aligned samples: the way back of <see cref="RgbConversion"/>,
/// with the same matrices, ranges and sitings, for VideoWriter and PictureFile.
/// </summary>
/// <remarks>
/// Full-resolution luma and colour differences are made in single precision, colour differences averaged at their sited
/// positions (<see cref="ChromaReduction"/>: vertically, then horizontally), everything rounded once, halves up.
/// Fourth components (alpha, padding) are left as they are. Chroma reduced four times is not written.
/// </remarks>
internal static class YuvConversion
{
    /// <summary>Converts planar RGB [3, height, width] of bytes or 16-bit words, full scale, into a picture's planes.</summary>
    /// <exception cref="VsrException">The pixel format or the matrix cannot be written.</exception>
    public static void Convert<T>(ReadOnlySpan<T> planar, int width, int height, PictureLayout layout,
        ColorDescription color, PictureBuffers target)
        where T : unmanaged
    {
        RequireWritable(layout);
        YuvTransform transform = YuvTransform.Of(layout, color, height, typeof(T) == typeof(byte) ? 255 : 65535);
        YuvRows rows = new(layout, ChromaSiting.FromName(color.ChromaLocation), width, height, target);
        try
        {
            int area = width * height;
            for (int y = 0; y < height; y++)
            {
                YuvKernel.Convert(planar.Slice(y * width, width), planar.Slice(area + (y * width), width),
                    planar.Slice((2 * area) + (y * width), width), transform, rows.Luma, rows.U(y), rows.V(y));
                rows.Write(y);
            }
        }
        finally
        {
            rows.Dispose();
        }
    }

    /// <summary>Throws when pictures of this format cannot be made.</summary>
    public static void RequireWritable(PictureLayout layout)
    {
        bool aligned = layout.Components.All(part => part is { IsBitstream: false, IsFloat: false }
            && (part.Shift + part.Depth == 8 || (part.Shift + part.Depth <= 16 && part.Depth > 8)));
        if (layout.HasPalette || !aligned || layout.ChromaShiftX > 1 || layout.ChromaShiftY > 1)
        {
            throw new VsrException($"pixel format '{layout.Name}' cannot be written; use yuv420p, yuv422p, yuv444p, "
                + "yuv420p10le, yuv422p10le, yuv444p10le, gbrp or rgb24");
        }
    }
}
