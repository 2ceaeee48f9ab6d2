namespace Vsr.Video;

/// <summary>Converts decoded frames to planar RGB [3, height, width]: red, then green, then blue, rows from the top.</summary>
/// <remarks>
/// <para>
/// <b>Samples.</b> Limited range: luma 16..235 and colour differences 16..240 of 8 bits, more bits shifted accordingly; full
/// range: 0..2^bits - 1, colour differences centred on 2^(bits-1) (ITU-T H.273, equations 27 to 32). A format's name
/// (yuvj420p) comes before the frame's tag; untagged YUV is limited, untagged grey full.
/// </para>
/// <para>
/// <b>Matrix.</b> The frame's: bt709, bt470bg, smpte170m, fcc, smpte240m, bt2020nc (bt2020c alike), gbr, ycgco. Unspecified:
/// BT.709 for frames of 720 lines or more, BT.601 below. No transfer curve or primaries are applied.
/// </para>
/// <para>
/// <b>Chroma.</b> Enlarged bilinearly from where the frame says its samples lie (left, center, topleft, top, bottomleft,
/// bottom; unspecified: left); beyond the outermost samples they are repeated. Interlaced frames are taken as progressive.
/// </para>
/// <para>
/// <b>Luma, YCbCr.</b> The stream's own components without a matrix, stretched to full range, 0.5 added to colour
/// differences (<see cref="SampleColor"/>).
/// </para>
/// <para>
/// <b>RGB</b>, grey and palette formats pass without a matrix, scaled by full scale to full scale; grey tagged "tv" is
/// stretched like luma. Alpha is dropped.
/// </para>
/// <para>
/// <b>Rounding.</b> Single precision without fused operations, one rounding at the end to nearest, halves up, clamped: at
/// most one level from the exact value, and only where that lies half-way between two levels. Every machine gives the same
/// bits, and a crop gives the bits of that part of the whole frame.
/// </para>
/// </remarks>
public static class RgbConverter
{
    /// <summary>Converts to 8 bits, 0..255.</summary>
    /// <param name="frame">The frame; read only.</param>
    /// <param name="crop">The part to convert, before rotation; null for all.</param>
    /// <param name="planar">Receives [3, height, width] of the crop; exactly that long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The crop does not lie inside the frame.</exception>
    /// <exception cref="ArgumentException">The output has another length.</exception>
    /// <exception cref="VsrException">The pixel format or matrix cannot be converted.</exception>
    public static void ToRgb8(VideoFrame frame, PixelRect? crop, Span<byte> planar) =>
        Convert<byte, RgbSamples.Byte>(frame, crop, planar);

    /// <summary>Converts to 16 bits, 0..65535.</summary>
    /// <inheritdoc cref="ToRgb8"/>
    public static void ToRgb16(VideoFrame frame, PixelRect? crop, Span<ushort> planar) =>
        Convert<ushort, RgbSamples.Word>(frame, crop, planar);

    /// <summary>Converts to floats of 0..1, clamped, not rounded to levels.</summary>
    /// <inheritdoc cref="ToRgb8"/>
    public static void ToRgbFloat(VideoFrame frame, PixelRect? crop, Span<float> planar) =>
        Convert<float, RgbSamples.Single>(frame, crop, planar);

    /// <summary>Converts to 8 bits, 0..255: RGB, luma alone, or luma and colour differences.</summary>
    /// <param name="frame">The frame; read only.</param>
    /// <param name="color">What the channels are; <see cref="SampleColor.Rgb"/> does what <see cref="ToRgb8"/> does.</param>
    /// <param name="crop">The part to convert, before rotation; null for all.</param>
    /// <param name="planar">Receives [C, height, width] of the crop; exactly that long. C is 1 for luma, else 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">The crop does not lie inside the frame.</exception>
    /// <exception cref="ArgumentException">The output has another length.</exception>
    /// <exception cref="VsrException">The pixel format or matrix cannot be converted.</exception>
    public static void ToSamples8(VideoFrame frame, SampleColor color, PixelRect? crop, Span<byte> planar) =>
        Convert<byte, RgbSamples.Byte>(frame, crop, planar, color);

    /// <summary>As <see cref="ToSamples8"/>, to floats of 0..1, clamped, not rounded to levels.</summary>
    /// <inheritdoc cref="ToSamples8"/>
    public static void ToSamplesFloat(VideoFrame frame, SampleColor color, PixelRect? crop, Span<float> planar) =>
        Convert<float, RgbSamples.Single>(frame, crop, planar, color);

    /// <summary>Converts a whole frame to a picture: 8 bits for formats of up to 8 bits, else 16. Not rotated.</summary>
    /// <exception cref="VsrException">The pixel format or matrix cannot be converted.</exception>
    public static RgbImage ToImage(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        RgbImage image = new(frame.Width, frame.Height, frame.Format.BitDepth > 8 ? 16 : 8);
        if (image.BitDepth == 8)
        {
            ToRgb8(frame, null, image.Samples8);
        }
        else
        {
            ToRgb16(frame, null, image.Samples16);
        }

        return image;
    }

    private static void Convert<T, TSample>(
        VideoFrame frame, PixelRect? crop, Span<T> planar, SampleColor color = SampleColor.Rgb)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        ArgumentNullException.ThrowIfNull(frame);
        PictureLayout layout = PictureLayouts.Of(frame.Format.Name);
        int planes = layout.PlaneCount;
        PicturePlanes view = new(frame.Plane(0), frame.StrideBytes(0),
            planes > 1 ? frame.Plane(1) : default, planes > 1 ? frame.StrideBytes(1) : 0,
            planes > 2 ? frame.Plane(2) : default, planes > 2 ? frame.StrideBytes(2) : 0);
        RgbConversion.Convert<T, TSample>(view, layout, frame.Color, frame.Width, frame.Height, crop, planar, color);
    }
}
