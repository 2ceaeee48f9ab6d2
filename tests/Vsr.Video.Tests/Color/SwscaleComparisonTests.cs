using Vsr.Tests;

namespace Vsr.Video.Tests.Color;

/// <summary>
/// Compares with swscale's accurate path (accurate_rnd, full_chroma_int, bilinear) as the ffmpeg program runs it.
/// swscale works with 14-bit coefficients and 15-bit rows, so levels differ by one here and there.
/// </summary>
public class SwscaleComparisonTests
{
    private const int Width = 176;
    private const int Height = 96;

    [Theory]
    [InlineData("yuv420p", "bt709", "tv", "left", 0, 128)]
    [InlineData("yuv420p", "smpte170m", "tv", "center", 128, 128)]
    [InlineData("yuv420p", "bt2020nc", "pc", "topleft", 0, 0)]
    [InlineData("yuv422p", "fcc", "tv", "left", 0, 0)]
    [InlineData("yuv444p", "smpte240m", "tv", "left", 0, 0)]
    [InlineData("yuv444p", "bt709", "pc", "left", 0, 0)]
    [InlineData("nv12", "bt709", "tv", "left", 0, 128)]
    [InlineData("yuv420p10le", "bt2020nc", "tv", "left", 0, 128)]
    [InlineData("yuv422p10le", "bt709", "tv", "left", 0, 0)]
    [InlineData("p010le", "bt709", "tv", "left", 0, 128)]
    public void EightBitRgbIsWithinOneLevelOfSwscale(
        string format, string matrix, string range, string siting, int chromaX, int chromaY)
    {
        using TemporaryFolder folder = new();
        ColorDescription color = new(matrix, range, null, null, siting);
        TestPicture picture = new(TestLayouts.Named(format), Width, Height);
        YuvConversion.Convert<byte>(SmoothRgb(), Width, Height, picture.Layout, color, picture.Buffers);
        File.WriteAllBytes(folder.File("in.raw"), picture.CopyTight());

        string filterName = matrix == "bt2020nc" ? "bt2020" : matrix; // the scale filter's own names
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "rawvideo", "-pixel_format", format, "-video_size",
            $"{Width}x{Height}", "-i", folder.File("in.raw"), "-vf",
            $"scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp+bilinear:in_color_matrix={filterName}"
            + $":in_range={range}:in_h_chr_pos={chromaX}:in_v_chr_pos={chromaY}:out_range=pc,format=gbrp",
            "-f", "rawvideo", folder.File("out.raw"));

        byte[] swscale = File.ReadAllBytes(folder.File("out.raw"));
        byte[] own = picture.ToRgb8(color);
        int area = Width * Height;
        byte[] expected = [.. swscale[(2 * area)..], .. swscale[..(2 * area)]]; // planes G, B, R
        int[] differences = [.. own.Zip(expected, (a, b) => Math.Abs(a - b))];
        string found = $"largest {differences.Max()}, mean {differences.Average():F4}, "
            + $"above one level {differences.Count(d => d > 1)} of {differences.Length}";
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        Assert.True(differences.Max() <= 1 && differences.Average() < 0.2, found);
    }

    private static byte[] SmoothRgb()
    {
        byte[] planar = new byte[3 * Width * Height];
        for (int i = 0; i < planar.Length; i++)
        {
            int x = i % Width;
            int y = i / Width % Height;
            int c = i / (Width * Height);
            planar[i] = (byte)(128 + (65 * Math.Sin((x / 5.0) + (2 * c))) + (55 * Math.Cos((y / 4.0) - c)));
        }

        return planar;
    }
}
