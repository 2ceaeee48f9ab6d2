namespace Vsr.Video.Tests.Gpu;

/// <summary>A random picture, what to make of it, and its place in a batch: everything that the kernel can be asked for.</summary>
internal sealed record ConversionCase(TestSurface Surface, SurfaceConversion Conversion, long FirstElement, long Elements)
{
    public static readonly (SurfaceFormat Format, int BitDepth)[] Formats =
    [
        (SurfaceFormat.Nv12, 8), (SurfaceFormat.P016, 10), (SurfaceFormat.P016, 12), (SurfaceFormat.P016, 16),
        (SurfaceFormat.Yuv444, 8), (SurfaceFormat.Yuv444P16, 10), (SurfaceFormat.Yuv444P16, 12), (SurfaceFormat.Yuv444P16, 16),
    ];

    public static readonly string?[] Matrices =
        ["bt709", "bt470bg", "smpte170m", "bt2020nc", "fcc", "smpte240m", "gbr", "ycgco", null];

    public static readonly string?[] Ranges = ["tv", "pc", null];

    public static readonly string?[] Sitings = ["left", "center", "topleft", "top", "bottomleft", "bottom", null];

    /// <summary>Case number <paramref name="seed"/>; odd sizes, crops of one pixel and crops at every edge are among them.</summary>
    public static ConversionCase Random(int seed)
    {
        Random random = new(seed);
        (SurfaceFormat format, int depth) = Pick(random, Formats);
        TestSurface surface = new(format, depth, random.Next(1, 90), random.Next(1, 60), random);
        ColorDescription color = new(Pick(random, Matrices), Pick(random, Ranges), null, null, Pick(random, Sitings));
        PixelRect crop = Crop(random, surface.Width, surface.Height);
        SampleColor channels = Pick(random, Enum.GetValues<SampleColor>());
        SurfaceConversion conversion = new()
        {
            Color = color,
            Crop = crop,
            Transpose = random.Next(2) == 0,
            FlipHorizontal = random.Next(2) == 0,
            FlipVertical = random.Next(2) == 0,
            Channels = channels,
            Type = Pick(random, Enum.GetValues<SampleType>()),
            Scale = random.Next(2) == 0 ? 1 : (random.NextSingle() * 4) - 2,
            Offset = random.Next(2) == 0 ? 0 : random.NextSingle() - 0.5f,
            Output = 0,
            ChannelStride = 0,
            RowStride = 0,
            ColumnStride = 0,
        };
        return Place(surface, conversion, random);
    }

    // A batch [N 2, T 3, C, H, W], [N 2, C, T 3, H, W] or [N 2, T 3, H, W, C], rows and ends padded by a few elements.
    private static ConversionCase Place(TestSurface surface, SurfaceConversion conversion, Random random)
    {
        const int frames = 3;
        int channels = RgbConversion.ChannelCount(conversion.Channels);
        PixelRect crop = conversion.Crop;
        (int rows, int columns) = conversion.Transpose ? (crop.Width, crop.Height) : (crop.Height, crop.Width);
        int layout = random.Next(3);
        long columnStride = layout == 2 ? channels : 1;
        long rowStride = (columns * columnStride) + random.Next(4);
        long plane = rows * rowStride;
        long channelStride = layout switch { 0 => plane, 1 => frames * plane, _ => 1 };
        long frameStride = layout switch { 0 => channels * plane, 1 => plane, _ => plane };
        long sampleStride = layout == 2 ? frames * plane : channels * frames * plane;
        long lead = random.Next(70);
        long first = lead + (random.Next(2) * sampleStride) + (random.Next(frames) * frameStride);
        conversion = conversion with { ChannelStride = channelStride, RowStride = rowStride, ColumnStride = columnStride };
        return new ConversionCase(surface, conversion, first, lead + (2 * sampleStride) + random.Next(70));
    }

    private static PixelRect Crop(Random random, int width, int height)
    {
        int w = random.Next(4) == 0 ? width : random.Next(1, width + 1);
        int h = random.Next(4) == 0 ? height : random.Next(1, height + 1);
        int x = random.Next(3) switch { 0 => 0, 1 => width - w, _ => random.Next(width - w + 1) };
        int y = random.Next(3) switch { 0 => 0, 1 => height - h, _ => random.Next(height - h + 1) };
        return new PixelRect(x, y, w, h);
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
