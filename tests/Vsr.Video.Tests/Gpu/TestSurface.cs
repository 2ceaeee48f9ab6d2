namespace Vsr.Video.Tests.Gpu;

/// <summary>A random picture laid out as a decoder's surface, in host memory; rows and planes are padded with random bytes.</summary>
internal sealed class TestSurface
{
    private readonly int _pitch;
    private readonly int _rows;

    public TestSurface(SurfaceFormat format, int bitDepth, int width, int height, Random random)
    {
        Format = format;
        Layout = SurfaceLayouts.Of(format, bitDepth);
        Width = width;
        Height = height;
        bool interleaved = Layout.ChromaShiftX == 1;
        int bytes = SurfaceLayouts.SampleBytes(format);
        _rows = ((height + 1) & ~1) + (2 * random.Next(3));
        _pitch = (((width + 1) & ~1) * bytes) + (4 * random.Next(9));
        _pitch = (_pitch + 3) & ~3;
        Bytes = new byte[_pitch * (interleaved ? _rows + ((height + 1) / 2) : (2 * _rows) + height)];
        random.NextBytes(Bytes);
        if (random.Next(4) == 0)
        {
            // Whole surfaces of extremes: clamping and rounding at both ends.
            for (int i = 0; i < Bytes.Length; i++)
            {
                Bytes[i] = Bytes[i] < 128 ? (byte)0 : (byte)255;
            }
        }
    }

    public SurfaceFormat Format { get; }

    public PictureLayout Layout { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The surface's memory; its low bits below 16-bit samples are random too.</summary>
    public byte[] Bytes { get; }

    public DeviceSurface At(nint pointer) => new(pointer, _pitch, _rows, Width, Height, Format, Layout.BitDepth);

    /// <summary>The software conversion to bytes [C, height, width] of the crop.</summary>
    public byte[] ToBytes(ColorDescription color, SampleColor channels, PixelRect crop) =>
        Convert<byte, RgbSamples.Byte>(color, channels, crop);

    /// <summary>The software conversion to floats [C, height, width] of the crop.</summary>
    public float[] ToFloats(ColorDescription color, SampleColor channels, PixelRect crop) =>
        Convert<float, RgbSamples.Single>(color, channels, crop);

    private T[] Convert<T, TSample>(ColorDescription color, SampleColor channels, PixelRect crop)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        int planeBytes = _pitch * _rows;
        ReadOnlySpan<byte> second = Bytes.AsSpan(planeBytes);
        PicturePlanes planes = Layout.ChromaShiftX == 1
            ? new(Bytes, _pitch, second, _pitch)
            : new(Bytes, _pitch, second, _pitch, second[planeBytes..], _pitch);
        T[] output = new T[RgbConversion.ChannelCount(channels) * crop.Width * crop.Height];
        RgbConversion.Convert<T, TSample>(planes, Layout, color, Width, Height, crop, output, channels);
        return output;
    }
}
