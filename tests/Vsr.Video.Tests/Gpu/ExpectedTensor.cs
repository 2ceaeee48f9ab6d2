namespace Vsr.Video.Tests.Gpu;

/// <summary>
/// Where one picture of a batch belongs and what its bytes must be: by the definition (transposition, then flips), from the
/// software conversion, with everything else of the batch untouched.
/// </summary>
internal sealed class ExpectedTensor
{
    public const byte Untouched = 0xA5;

    private readonly SurfaceConversion _conversion;
    private readonly long _firstElement;

    /// <param name="conversion">Everything but <see cref="SurfaceConversion.Output"/>.</param>
    /// <param name="firstElement">Index in the batch of the picture's element (0, 0, 0).</param>
    /// <param name="elements">Elements of the batch.</param>
    /// <param name="surface">The picture.</param>
    public ExpectedTensor(in SurfaceConversion conversion, long firstElement, long elements, TestSurface surface)
    {
        _conversion = conversion;
        _firstElement = firstElement;
        Bytes = new byte[elements * conversion.ElementBytes];
        Array.Fill(Bytes, Untouched);
        PixelRect crop = conversion.Crop;
        bool isByte = conversion.Type == SampleType.UInt8;
        byte[] bytes = isByte ? surface.ToBytes(conversion.Color, conversion.Channels, crop) : [];
        float[] floats = isByte ? [] : surface.ToFloats(conversion.Color, conversion.Channels, crop);
        for (int i = 0; i < Math.Max(bytes.Length, floats.Length); i++)
        {
            int channel = i / (crop.Width * crop.Height);
            long element = Element(channel, i % crop.Width, i / crop.Width % crop.Height);
            Span<byte> target = Bytes.AsSpan((int)(element * conversion.ElementBytes), conversion.ElementBytes);
            if (isByte)
            {
                target[0] = bytes[i];
            }
            else
            {
                Write(target, conversion.Type, (floats[i] * conversion.Scale) + conversion.Offset);
            }
        }
    }

    public byte[] Bytes { get; }

    public static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint half = bits & 0xFFFF;
        uint upper = bits >> 16;
        return (ushort)(half > 0x8000 || (half == 0x8000 && (upper & 1) == 1) ? upper + 1 : upper);
    }

    /// <summary>Why a batch is not the expected one: the number of wrong elements and the first of them; null when it is.</summary>
    public string? Difference(ReadOnlySpan<byte> actual)
    {
        if (actual.SequenceEqual(Bytes))
        {
            return null;
        }

        int bytes = _conversion.ElementBytes;
        int count = 0;
        string first = "";
        for (int i = 0; i < Bytes.Length; i += bytes)
        {
            ReadOnlySpan<byte> got = actual.Slice(i, bytes);
            ReadOnlySpan<byte> wanted = Bytes.AsSpan(i, bytes);
            if (!got.SequenceEqual(wanted) && count++ == 0)
            {
                first = $"element {i / bytes} ({Place(i / bytes)}) is {Convert.ToHexString(got)}, not {Convert.ToHexString(wanted)}";
            }
        }

        return $"{count} of {Bytes.Length / bytes} elements differ; first: {first}; {_conversion}";
    }

    private long Element(int channel, int x, int y)
    {
        (int row, int column) = _conversion.Transpose ? (x, y) : (y, x);
        PixelRect crop = _conversion.Crop;
        (int rows, int columns) = _conversion.Transpose ? (crop.Width, crop.Height) : (crop.Height, crop.Width);
        row = _conversion.FlipVertical ? rows - 1 - row : row;
        column = _conversion.FlipHorizontal ? columns - 1 - column : column;
        return _firstElement + (channel * _conversion.ChannelStride) + (row * _conversion.RowStride)
            + (column * _conversion.ColumnStride);
    }

    private string Place(long element)
    {
        PixelRect crop = _conversion.Crop;
        for (int i = 0; i < RgbConversion.ChannelCount(_conversion.Channels) * crop.Width * crop.Height; i++)
        {
            (int channel, int x, int y) = (i / (crop.Width * crop.Height), i % crop.Width, i / crop.Width % crop.Height);
            if (Element(channel, x, y) == element)
            {
                return $"channel {channel}, crop pixel ({x}, {y})";
            }
        }

        return "outside the picture";
    }

    private static void Write(Span<byte> target, SampleType type, float value)
    {
        bool done = type switch
        {
            SampleType.Float32 => BitConverter.TryWriteBytes(target, value),
            SampleType.Float16 => BitConverter.TryWriteBytes(target, (Half)value),
            _ => BitConverter.TryWriteBytes(target, ToBFloat16(value)),
        };
        Assert.True(done);
    }
}
