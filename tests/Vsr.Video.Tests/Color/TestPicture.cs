namespace Vsr.Video.Tests.Color;

/// <summary>A picture in memory with rows padded by a few bytes.</summary>
internal sealed class TestPicture
{
    private readonly byte[][] _planes = [[], [], [], []];
    private readonly int[] _strides = new int[4];

    public TestPicture(PictureLayout layout, int width, int height)
    {
        Layout = layout;
        Width = width;
        Height = height;
        for (int c = 0; c < layout.Components.Count; c++)
        {
            SampleLayout part = layout.Components[c];
            int samples = layout.ComponentWidth(c, width);
            int stride = ((part.IsBitstream ? (samples * part.Step) + 7 >> 3 : (samples * part.Step) + 2) + 13) & ~3;
            _strides[part.Plane] = Math.Max(_strides[part.Plane], stride);
            int length = _strides[part.Plane] * layout.ComponentHeight(c, height);
            _planes[part.Plane] = new byte[Math.Max(length, _planes[part.Plane].Length)];
        }

        if (layout.HasPalette)
        {
            _planes[1] = new byte[1024];
        }
    }

    public PictureLayout Layout { get; }

    public int Width { get; }

    public int Height { get; }

    public PicturePlanes Planes => new(_planes[0], _strides[0], _planes[1], _strides[1], _planes[2], _strides[2], _planes[3]);

    public PictureBuffers Buffers => new(_planes[0], _strides[0], _planes[1], _strides[1], _planes[2], _strides[2], _planes[3]);

    /// <summary>Random bytes; samples of 9 to 15 bits are kept in their range.</summary>
    public TestPicture Fill(Random random)
    {
        foreach (byte[] plane in _planes)
        {
            random.NextBytes(plane);
        }

        SampleLayout first = Layout.Components[0];
        if (first is { Shift: 0, Depth: > 8 and < 16, Step: 2 })
        {
            foreach (byte[] plane in _planes)
            {
                for (int i = first.IsBigEndian ? 0 : 1; i < plane.Length; i += 2)
                {
                    plane[i] &= (byte)((1 << (first.Depth - 8)) - 1);
                }
            }
        }

        return this;
    }

    /// <summary>Sets every sample of formats with integers in whole bytes to a code of its component; bitstreams stay as they are.</summary>
    public void FillComponents(Func<SampleLayout, int> code)
    {
        for (int c = 0; c < Layout.Components.Count; c++)
        {
            SampleLayout part = Layout.Components[c];
            int value = code(part) << part.Shift;
            bool twoBytes = part.Shift + part.Depth > 8;
            for (int y = 0; y < Layout.ComponentHeight(c, Height) && !part.IsBitstream; y++)
            {
                for (int x = 0; x < Layout.ComponentWidth(c, Width); x++)
                {
                    int at = (y * _strides[part.Plane]) + (x * part.Step) + part.Offset;
                    _planes[part.Plane][at + (part.IsBigEndian && twoBytes ? 1 : 0)] = (byte)value;
                    if (twoBytes)
                    {
                        _planes[part.Plane][at + (part.IsBigEndian ? 0 : 1)] = (byte)(value >> 8);
                    }
                }
            }
        }
    }

    /// <summary>The planes one after the other without padding, as ffmpeg's rawvideo has them.</summary>
    public byte[] CopyTight()
    {
        List<byte> bytes = [];
        for (int plane = 0; plane <= Layout.Components.Max(part => part.Plane); plane++)
        {
            int component = Layout.Components.ToList().FindIndex(part => part.Plane == plane);
            SampleLayout part = Layout.Components[component];
            int rowBytes = Layout.ComponentWidth(component, Width) * part.Step;
            for (int y = 0; y < Layout.ComponentHeight(component, Height); y++)
            {
                bytes.AddRange(_planes[plane].AsSpan(y * _strides[plane], rowBytes));
            }
        }

        return [.. bytes];
    }

    public byte[] ToRgb8(ColorDescription color, PixelRect? crop = null) => Convert<byte, RgbSamples.Byte>(color, crop);

    public ushort[] ToRgb16(ColorDescription color, PixelRect? crop = null) => Convert<ushort, RgbSamples.Word>(color, crop);

    public float[] ToRgbFloat(ColorDescription color, PixelRect? crop = null) => Convert<float, RgbSamples.Single>(color, crop);

    private T[] Convert<T, TSample>(ColorDescription color, PixelRect? crop)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        T[] output = new T[3 * (crop?.Width ?? Width) * (crop?.Height ?? Height)];
        RgbConversion.Convert<T, TSample>(Planes, Layout, color, Width, Height, crop, output);
        return output;
    }
}
