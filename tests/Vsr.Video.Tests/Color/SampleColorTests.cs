using CsCheck;

namespace Vsr.Video.Tests.Color;

/// <summary>Luma, and luma with colour differences, against their definitions in double precision.</summary>
public class SampleColorTests
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
    public void Fast_path_equals_the_plain_definition(string format)
    {
        PictureLayout layout = TestLayouts.Named(format);
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 9], Colors, Gen.Int).Sample((width, height, color, seed) =>
        {
            TestPicture picture = new TestPicture(layout, width, height).Fill(new Random(seed));
            double[] expected = PlainRgbConversion.ConvertToYCbCr(picture.Planes, layout, color, width, height);
            byte[] bytes = Convert<byte, RgbSamples.Byte>(picture, color, SampleColor.YCbCr);
            float[] floats = Convert<float, RgbSamples.Single>(picture, color, SampleColor.YCbCr);
            float[] luma = Convert<float, RgbSamples.Single>(picture, color, SampleColor.Luma);
            Assert.Equal(floats[..(width * height)], luma);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i] * 255, bytes[i], 0.5 + 1e-3);
                Assert.Equal(expected[i], floats[i], 1e-6);
            }
        }, iter: 30);
    }

    // Exact quotients: (code - 16) / 219, (code - 128) / 224 + 0.5 in studio range; code / 255, (code - 128) / 255 + 0.5 in full.
    [Theory]
    [InlineData("tv", 16, 128, 128, 0, 128, 128)]
    [InlineData("tv", 235, 16, 240, 255, 0, 255)]
    [InlineData("tv", 100, 72, 184, 98, 64, 191)] // 97.81, 63.75, 191.25
    [InlineData("tv", 5, 3, 250, 0, 0, 255)] // beyond the range: clamped
    [InlineData("pc", 77, 128, 128, 77, 128, 128)]
    [InlineData("pc", 255, 0, 255, 255, 0, 255)] // -0.5 and 254.5
    [InlineData("pc", 1, 64, 192, 1, 64, 192)] // 63.5 and 191.5
    public void Known_codes_give_known_values(string range, byte y, byte u, byte v, byte luma, byte cb, byte cr)
    {
        byte[] output = new byte[3];
        ColorDescription color = new("bt709", range, null, null, null);
        RgbConversion.Convert<byte, RgbSamples.Byte>(new PicturePlanes([y], 1, [u], 1, [v], 1),
            TestLayouts.Named("yuv444p"), color, 1, 1, null, output, SampleColor.YCbCr);
        Assert.Equal([luma, cb, cr], output);
        RgbConversion.Convert<byte, RgbSamples.Byte>(new PicturePlanes([y], 1, [u], 1, [v], 1),
            TestLayouts.Named("yuv444p"), color, 1, 1, null, output.AsSpan(0, 1), SampleColor.Luma);
        Assert.Equal(luma, output[0]);
    }

    [Fact]
    public void Grey_is_128_in_every_format_and_range()
    {
        foreach (PictureLayout layout in TestLayouts.All.Where(layout => !layout.IsRgb && !layout.HasPalette))
        {
            foreach (string? range in Ranges)
            {
                TestPicture picture = new(layout, 3, 3);
                picture.FillComponents(code => 1 << (code.Depth - 1));
                byte[] output = Convert<byte, RgbSamples.Byte>(
                    picture, new ColorDescription("bt709", range, null, null, null), SampleColor.YCbCr);
                Assert.All(output[9..], value => Assert.Equal(128, value));
            }
        }
    }

    [Fact]
    public void Primaries_of_an_rgb_picture_have_the_luma_of_the_standard()
    {
        byte[] rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];
        byte[] output = new byte[12];
        RgbConversion.Convert<byte, RgbSamples.Byte>(new PicturePlanes(rgb, 12), TestLayouts.Named("rgb24"),
            ColorDescription.Unknown, 4, 1, null, output, SampleColor.YCbCr);
        // BT.601 below 720 lines: 0.299, 0.587, 0.114; Cb of red -0.168736, of green -0.331264; Cr of green -0.418688.
        Assert.Equal([76, 150, 29, 255], output[..4]);
        Assert.Equal([84, 43, 255, 128], output[4..8]);
        Assert.Equal([255, 21, 107, 128], output[8..]);
    }

    [Fact]
    public void Luma_has_one_channel_and_reads_no_chroma()
    {
        TestPicture picture = new TestPicture(TestLayouts.Named("yuv420p"), 33, 5).Fill(new Random(1));
        ColorDescription color = new("bt709", "tv", null, null, "left");
        byte[] luma = Convert<byte, RgbSamples.Byte>(picture, color, SampleColor.Luma);
        byte[] withoutChroma = new byte[luma.Length];
        PicturePlanes planes = new(picture.CopyTight().AsSpan(0, 33 * 5), 33);
        RgbConversion.Convert<byte, RgbSamples.Byte>(
            planes, picture.Layout, color, 33, 5, null, withoutChroma, SampleColor.Luma);
        Assert.Equal(luma, withoutChroma);
        Assert.Throws<ArgumentException>(() => RgbConversion.Convert<byte, RgbSamples.Byte>(
            picture.Planes, picture.Layout, color, 33, 5, null, new byte[3 * 33 * 5], SampleColor.Luma));
    }

    private static T[] Convert<T, TSample>(TestPicture picture, ColorDescription color, SampleColor sampleColor)
        where T : unmanaged
        where TSample : IRgbSample<T>
    {
        T[] output = new T[RgbConversion.ChannelCount(sampleColor) * picture.Width * picture.Height];
        RgbConversion.Convert<T, TSample>(
            picture.Planes, picture.Layout, color, picture.Width, picture.Height, null, output, sampleColor);
        return output;
    }
}
