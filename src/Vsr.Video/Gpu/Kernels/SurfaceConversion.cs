namespace Vsr.Video;

/// <summary>What to make of a picture in device memory, and where to put it.</summary>
/// <remarks>
/// The output is [C, H, W] at any strides: H and W are the crop's, exchanged when transposed; C is 1 for luma, else 3.
/// Element (c, row, column) lies at Output + (c x ChannelStride + row x RowStride + column x ColumnStride) x element size.
/// </remarks>
internal readonly record struct SurfaceConversion
{
    public SurfaceConversion()
    {
    }

    /// <summary>The stream's colour tags. Unspecified ones mean what they mean to <see cref="RgbConverter"/>.</summary>
    public ColorDescription Color { get; init; } = ColorDescription.Unknown;

    /// <summary>The part of the picture to convert. The result is that part of the whole picture's result.</summary>
    public required PixelRect Crop { get; init; }

    /// <summary>Exchanges rows and columns, before any flip.</summary>
    public bool Transpose { get; init; }

    /// <summary>Turns left and right of the output round.</summary>
    public bool FlipHorizontal { get; init; }

    /// <summary>Turns top and bottom of the output round.</summary>
    public bool FlipVertical { get; init; }

    /// <summary>Device address of output element (0, 0, 0), aligned to the element.</summary>
    public required nint Output { get; init; }

    /// <summary>Elements from a channel to the next.</summary>
    public required long ChannelStride { get; init; }

    /// <summary>Elements from an output row to the next.</summary>
    public required long RowStride { get; init; }

    /// <summary>Elements from an output column to the next.</summary>
    public required long ColumnStride { get; init; }

    /// <summary>The output's type.</summary>
    public SampleType Type { get; init; } = SampleType.Float32;

    /// <summary>What the channels are.</summary>
    public SampleColor Channels { get; init; } = SampleColor.Rgb;

    /// <summary>output = value x Scale + Offset, value in 0..1. Not applied to <see cref="SampleType.UInt8"/>.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>See <see cref="Scale"/>.</summary>
    public float Offset { get; init; }

    /// <summary>Bytes of an output element.</summary>
    public int ElementBytes => Type switch
    {
        SampleType.Float32 => 4,
        SampleType.Float16 or SampleType.BFloat16 => 2,
        SampleType.UInt8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(Type), Type, "use SampleType.Float32, Float16, BFloat16 or UInt8"),
    };

    /// <summary>Throws when this cannot be made of that surface.</summary>
    /// <exception cref="ArgumentException">The crop, an address or a pitch does not fit.</exception>
    public void RequireFits(in DeviceSurface surface)
    {
        Crop.RequireInside(surface.Width, surface.Height, nameof(Crop));
        int unit = surface.SampleBytes * (surface.Is420 ? 2 : 1);
        int rowBytes = surface.SampleBytes * (surface.Is420 ? (surface.Width + 1) & ~1 : surface.Width);
        if (surface.Pointer == 0 || surface.Pointer % unit != 0 || surface.PitchBytes % unit != 0
            || surface.PitchBytes < rowBytes || surface.Rows < surface.Height)
        {
            throw new ArgumentException($"the surface {surface} needs an address and a pitch that are multiples of {unit}, "
                + $"a pitch of {rowBytes} or more and {surface.Height} rows or more", nameof(surface));
        }

        if (Output == 0 || Output % ElementBytes != 0)
        {
            throw new ArgumentException($"the output's address 0x{Output:x} is not aligned to {Type} ({ElementBytes} bytes)");
        }
    }
}
