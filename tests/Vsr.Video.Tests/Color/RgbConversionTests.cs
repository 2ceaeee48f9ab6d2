using CsCheck;

namespace Vsr.Video.Tests.Color;

public class RgbConversionTests
{
    private static readonly string?[] Matrices =
        ["bt709", "bt470bg", "smpte170m", "bt2020nc", "fcc", "smpte240m", "gbr", "ycgco", null];

    private static readonly string?[] Ranges = ["tv", "pc", null];
    private static readonly string?[] Sitings = ["left", "center", "topleft", "top", "bottomleft", "bottom", null];

    private static readonly Gen<ColorDescription> Colors =
        from matrix in Gen.Int[0, Matrices.Length - 1].Select(i => Matrices[i])
        from range in Gen.Int[0, Ranges.Length - 1].Select(i => Ranges[i])
        from siting in Gen.Int[0, Sitings.Length - 1].Select(i => Sitings[i])
        select new ColorDescription(matrix, range, null, null, siting);

    public static TheoryData<string> Formats => [.. TestLayouts.All.Select(layout => layout.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void FastPathEqualsThePlainReference(string format)
    {
        PictureLayout layout = TestLayouts.Named(format);
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 9], Colors, Gen.Int).Sample((width, height, color, seed) =>
        {
            TestPicture picture = new TestPicture(layout, width, height).Fill(new Random(seed));
            double[] expected = PlainRgbConversion.Convert(picture.Planes, layout, color, width, height);
            byte[] bytes = picture.ToRgb8(color);
            ushort[] words = picture.ToRgb16(color);
            float[] floats = picture.ToRgbFloat(color);
            for (int i = 0; i < expected.Length; i++)
            {
                // Rounded values may differ where the exact one lies half-way between two levels, and nowhere else.
                Assert.Equal(expected[i] * 255, bytes[i], 0.5 + 1e-3);
                Assert.Equal(expected[i] * 65535, words[i], 0.5 + 0.05);
                Assert.Equal(expected[i], floats[i], 1e-6);
            }
        }, iter: 40);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void ACropIsThatPartOfTheWholeConversion(string format)
    {
        PictureLayout layout = TestLayouts.Named(format);
        Gen<(int, int, PixelRect)> crops =
            from width in Gen.Int[1, 60]
            from height in Gen.Int[1, 12]
            from x in Gen.Int[0, width - 1]
            from y in Gen.Int[0, height - 1]
            from w in Gen.Int[1, width - x]
            from h in Gen.Int[1, height - y]
            select (width, height, new PixelRect(x, y, w, h));
        Gen.Select(crops, Colors, Gen.Int).Sample((sizes, color, seed) =>
        {
            (int width, int height, PixelRect crop) = sizes;
            TestPicture picture = new TestPicture(layout, width, height).Fill(new Random(seed));
            float[] whole = picture.ToRgbFloat(color);
            float[] part = picture.ToRgbFloat(color, crop);
            for (int i = 0; i < part.Length; i++)
            {
                int channel = i / (crop.Width * crop.Height);
                int row = (i / crop.Width) % crop.Height;
                int column = i % crop.Width;
                int at = (((channel * height) + crop.Y + row) * width) + crop.X + column;
                Assert.Equal(BitConverter.SingleToInt32Bits(whole[at]), BitConverter.SingleToInt32Bits(part[i]));
            }
        }, iter: 60);
    }

    [Theory]
    [InlineData("bt709", "tv", 235, 128, 128, 255, 255, 255)]
    [InlineData("bt709", "tv", 16, 128, 128, 0, 0, 0)]
    [InlineData("smpte170m", "tv", 81, 90, 240, 254, 0, 0)] // red of BT.601: exact 254.4
    [InlineData("bt709", "tv", 173, 42, 26, 0, 255, 1)] // green of BT.709: exact 0.9 blue
    [InlineData("bt470bg", "pc", 76, 85, 255, 254, 0, 0)]
    public void KnownCodesGiveKnownColours(string matrix, string range, byte y, byte u, byte v, byte r, byte g, byte b)
    {
        byte[] output = new byte[3];
        RgbConversion.Convert<byte, RgbSamples.Byte>(new PicturePlanes([y], 1, [u], 1, [v], 1),
            TestLayouts.Named("yuv444p"), new ColorDescription(matrix, range, null, null, null), 1, 1, null, output);
        Assert.Equal([r, g, b], output);
    }

    [Theory]
    [InlineData(719, "smpte170m")]
    [InlineData(720, "bt709")]
    public void AnUnspecifiedMatrixFollowsTheNumberOfLines(int height, string matrix)
    {
        TestPicture picture = new TestPicture(TestLayouts.Named("yuv420p"), 8, height).Fill(new Random(1));
        Assert.Equal(picture.ToRgb8(new ColorDescription(matrix, "tv", null, null, "left")),
            picture.ToRgb8(new ColorDescription(null, null, null, null, null)));
    }

    [Fact]
    public void WrongCropsAndOutputsAreMisuse()
    {
        TestPicture picture = new(TestLayouts.Named("yuv420p"), 8, 8);
        ColorDescription color = new(null, null, null, null, null);
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.ToRgb8(color, new PixelRect(4, 0, 5, 2)));
        Assert.Throws<ArgumentException>(() => RgbConversion.Convert<byte, RgbSamples.Byte>(
            picture.Planes, picture.Layout, color, 8, 8, null, new byte[10]));
        Assert.Throws<VsrException>(() => picture.ToRgb8(new ColorDescription("ictcp", null, null, null, null)));
    }
}
