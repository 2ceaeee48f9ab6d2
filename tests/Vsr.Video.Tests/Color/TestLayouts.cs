namespace Vsr.Video.Tests.Color;

/// <summary>Layouts written out by hand, so that conversion is tested without FFmpeg.</summary>
internal static class TestLayouts
{
    public static IEnumerable<PictureLayout> All =>
    [
        Planar("yuv420p", 8, 1, 1), Planar("yuv422p", 8, 1, 0), Planar("yuv444p", 8, 0, 0), Planar("yuv440p", 8, 0, 1),
        Planar("yuv411p", 8, 2, 0), Planar("yuv410p", 8, 2, 2),
        Planar("yuvj420p", 8, 1, 1) with { IsFullRangeByName = true },
        Planar("yuv420p9le", 9, 1, 1), Planar("yuv420p10le", 10, 1, 1), Planar("yuv422p10le", 10, 1, 0),
        Planar("yuv444p12le", 12, 0, 0), Planar("yuv420p16le", 16, 1, 1), BigEndian(Planar("yuv420p10be", 10, 1, 1)),
        new() { Name = "nv12", Components = [new(0, 1, 0, 0, 8), new(1, 2, 0, 0, 8), new(1, 2, 1, 0, 8)], ChromaShiftX = 1, ChromaShiftY = 1 },
        new() { Name = "nv21", Components = [new(0, 1, 0, 0, 8), new(1, 2, 1, 0, 8), new(1, 2, 0, 0, 8)], ChromaShiftX = 1, ChromaShiftY = 1 },
        new() { Name = "p010le", Components = [new(0, 2, 0, 6, 10), new(1, 4, 0, 6, 10), new(1, 4, 2, 6, 10)], ChromaShiftX = 1, ChromaShiftY = 1 },
        new() { Name = "p016le", Components = [new(0, 2, 0, 0, 16), new(1, 4, 0, 0, 16), new(1, 4, 2, 0, 16)], ChromaShiftX = 1, ChromaShiftY = 1 },
        new() { Name = "yuyv422", Components = [new(0, 2, 0, 0, 8), new(0, 4, 1, 0, 8), new(0, 4, 3, 0, 8)], ChromaShiftX = 1 },
        new() { Name = "gray", Components = [new(0, 1, 0, 0, 8)] },
        new() { Name = "gray10le", Components = [new(0, 2, 0, 0, 10)] },
        BigEndian(new() { Name = "gray16be", Components = [new(0, 2, 0, 0, 16)] }),
        new() { Name = "monow", Components = [new(0, 1, 0, 0, 1) { IsBitstream = true, IsInverted = true }] },
        Packed("rgb24", 3, 0, 1, 2), Packed("bgr24", 3, 2, 1, 0), Packed("rgba", 4, 0, 1, 2), Packed("bgr0", 4, 2, 1, 0),
        Packed("0rgb", 4, 1, 2, 3),
        new() { Name = "rgb48le", Components = [new(0, 6, 0, 0, 16), new(0, 6, 2, 0, 16), new(0, 6, 4, 0, 16)], IsRgb = true },
        BigEndian(new() { Name = "rgba64be", Components = [new(0, 8, 0, 0, 16), new(0, 8, 2, 0, 16), new(0, 8, 4, 0, 16)], IsRgb = true }),
        new() { Name = "gbrp", Components = [new(2, 1, 0, 0, 8), new(0, 1, 0, 0, 8), new(1, 1, 0, 0, 8)], IsRgb = true },
        new() { Name = "gbrp10le", Components = [new(2, 2, 0, 0, 10), new(0, 2, 0, 0, 10), new(1, 2, 0, 0, 10)], IsRgb = true },
        new() { Name = "gbrp14le", Components = [new(2, 2, 0, 0, 14), new(0, 2, 0, 0, 14), new(1, 2, 0, 0, 14)], IsRgb = true },
        new() { Name = "rgb565le", Components = [new(0, 2, 1, 3, 5), new(0, 2, 0, 5, 6), new(0, 2, 0, 0, 5)], IsRgb = true },
        new() { Name = "pal8", Components = [new(0, 1, 0, 0, 8)], HasPalette = true },
    ];

    public static PictureLayout Named(string name) => All.Single(layout => layout.Name == name);

    private static PictureLayout Planar(string name, int depth, int shiftX, int shiftY)
    {
        int step = depth > 8 ? 2 : 1;
        return new PictureLayout
        {
            Name = name,
            Components = [new(0, step, 0, 0, depth), new(1, step, 0, 0, depth), new(2, step, 0, 0, depth)],
            ChromaShiftX = shiftX,
            ChromaShiftY = shiftY,
        };
    }

    private static PictureLayout Packed(string name, int step, int red, int green, int blue) => new()
    {
        Name = name,
        Components = [new(0, step, red, 0, 8), new(0, step, green, 0, 8), new(0, step, blue, 0, 8)],
        IsRgb = true,
    };

    private static PictureLayout BigEndian(PictureLayout layout) =>
        layout with { Components = [.. layout.Components.Select(part => part with { IsBigEndian = true })] };
}
