namespace Vsr.Video.Tests.Color;

public class YuvConversionTests
{
    [Theory]
    [InlineData("yuv444p", "left", 50)]
    [InlineData("yuv444p12le", "left", 90)]
    [InlineData("yuv422p", "left", 45)]
    [InlineData("yuv420p", "left", 44)]
    [InlineData("yuv420p", "center", 44)]
    [InlineData("yuv420p", "topleft", 44)]
    [InlineData("yuv420p", "bottomleft", 44)]
    [InlineData("yuv420p10le", "left", 45)]
    [InlineData("nv12", "left", 44)]
    [InlineData("p010le", "left", 45)]
    [InlineData("yuv440p", "left", 44)]
    public void RoundTripKeepsASmoothPicture(string format, string siting, double leastPsnr)
    {
        foreach (string matrix in (string[])["bt709", "smpte170m", "bt2020nc", "ycgco"])
        {
            foreach (string range in (string[])["tv", "pc"])
            {
                ColorDescription color = new(matrix, range, null, null, siting);
                double psnr = RoundTrip(format, color, 101, 67);
                double least = leastPsnr - (matrix == "ycgco" ? 2 : 0);
                Assert.True(psnr >= Math.Min(least, 55), $"{format} {color}: {psnr:F2} dB, want {least} dB");
            }
        }
    }

    [Theory]
    [InlineData("rgb24")]
    [InlineData("bgr0")]
    [InlineData("gbrp")]
    [InlineData("gbrp10le")]
    [InlineData("rgb48le")]
    public void RgbFormatsGiveBackEveryValue(string format) =>
        Assert.Equal(double.PositiveInfinity, RoundTrip(format, new ColorDescription(null, null, null, null, null), 33, 5));

    [Fact]
    public void SixteenBitsPassSixteenBitFormatsUnchanged()
    {
        TestPicture picture = new(TestLayouts.Named("rgb48le"), 21, 4);
        ushort[] planar = new ushort[3 * 21 * 4];
        Random random = new(3);
        for (int i = 0; i < planar.Length; i++)
        {
            planar[i] = (ushort)random.Next(65536);
        }

        ColorDescription color = new(null, null, null, null, null);
        YuvConversion.Convert<ushort>(planar, 21, 4, picture.Layout, color, picture.Buffers);
        Assert.Equal(planar, picture.ToRgb16(color));
    }

    [Theory]
    [InlineData("left", 0, 0.5)]
    [InlineData("center", 0.5, 0.5)]
    [InlineData("topleft", 0, 0)]
    [InlineData("bottom", 0.5, 1)]
    public void ChromaOfARampLiesWhereItsSitingSays(string siting, double offsetX, double offsetY)
    {
        // Blue rises along x, red along y: U and V are linear in position, so each chroma sample tells where it was taken.
        const int size = 64;
        ushort[] planar = new ushort[3 * size * size];
        for (int i = 0; i < size * size; i++)
        {
            planar[i] = (ushort)(i / size * 1000);
            planar[(2 * size * size) + i] = (ushort)(i % size * 1000);
        }

        ColorDescription color = new("ycgco", "pc", null, null, siting);
        TestPicture picture = new(TestLayouts.Named("yuv420p16le"), size, size);
        YuvConversion.Convert<ushort>(planar, size, size, picture.Layout, color, picture.Buffers);

        for (int k = 1; k < (size / 2) - 1; k++)
        {
            double column = (2 * k) + offsetX;
            double row = (2 * k) + offsetY;
            double orange = SampleReader.One(picture.Planes.Row(2, k), picture.Layout.Components[2], k) - 32768;
            Assert.Equal(((row * 1000) - (column * 1000)) / 2, orange, 1.0);
        }
    }

    [Fact]
    public void UnwritableFormatsAreRefused()
    {
        TestPicture picture = new(TestLayouts.Named("yuv410p"), 8, 8);
        VsrException error = Assert.Throws<VsrException>(() => YuvConversion.Convert<byte>(
            new byte[192], 8, 8, picture.Layout, new ColorDescription(null, null, null, null, null), picture.Buffers));
        Assert.Contains("yuv410p", error.Message, StringComparison.Ordinal);
    }

    private static double RoundTrip(string format, ColorDescription color, int width, int height)
    {
        byte[] planar = new byte[3 * width * height];
        for (int i = 0; i < planar.Length; i++)
        {
            int x = i % width;
            int y = i / width % height;
            int c = i / (width * height);
            planar[i] = (byte)(128 + (60 * Math.Sin((x / 17.0) + c)) + (50 * Math.Cos((y / 13.0) - (2 * c))));
        }

        TestPicture picture = new(TestLayouts.Named(format), width, height);
        YuvConversion.Convert<byte>(planar, width, height, picture.Layout, color, picture.Buffers);
        byte[] back = picture.ToRgb8(color);
        double error = planar.Zip(back, (a, b) => (double)(a - b) * (a - b)).Average();
        return 10 * Math.Log10(255 * 255 / error);
    }
}
