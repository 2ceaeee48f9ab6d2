using Vsr.Tests;

namespace Vsr.Video.Tests.Color;

/// <summary>Frames of real files through <see cref="RgbConverter"/>, against swscale told what the file says.</summary>
/// <remarks>
/// swscale stretches the chroma of odd sizes to the picture's width, so that it lies where no siting puts it. Odd pictures
/// are cut to even ones first, and the last two rows and columns, which miss their neighbours then, are left out.
/// </remarks>
public class DecodedFrameTests
{
    [Theory]
    [InlineData("video/awkward/tc_bt709_full_range.mp4", "bt709", "pc")]
    [InlineData("video/awkward/tc_bt2020_10bit.mp4", "bt2020", "tv")]
    [InlineData("video/awkward/tc_testsrc2_444_10bit_hevc.mp4", "smpte170m", "tv")]
    [InlineData("video/awkward/tc_testsrc2_odd_height_and_width_vp9.mp4", "smpte170m", "tv")]
    [InlineData("video/train/svt_cottage_1080p25_422p10.mp4", "bt709", "tv")]
    [InlineData("video/train/bbb_seg043.mp4", "bt709", "tv")]
    public void FirstFrameIsWithinOneLevelOfSwscale(string file, string matrix, string range)
    {
        string path = SharedData.Require(file);
        using TemporaryFolder folder = new();
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false });
        using VideoFrame frame = reader.GetFrame(0);
        int verticalSite = frame.Format.ChromaShiftY == 1 && frame.Color.ChromaLocation != "topleft" ? 128 : 0;
        int width = frame.Width & ~1;
        int height = frame.Height & ~1;
        OracleProgram.Run("ffmpeg", "-v", "error", "-noautorotate", "-i", path, "-frames:v", "1", "-vf",
            $"crop={width}:{height}:0:0,scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp+bilinear:in_color_matrix={matrix}:in_range={range}"
            + $":in_h_chr_pos=0:in_v_chr_pos={verticalSite}:out_range=pc,format=gbrp", "-f", "rawvideo", folder.File("a.raw"));
        byte[] planes = File.ReadAllBytes(folder.File("a.raw"));
        int area = width * height;
        byte[] own = new byte[3 * area];

        RgbConverter.ToRgb8(frame, new PixelRect(0, 0, width, height), own);

        byte[] expected = [.. planes[(2 * area)..], .. planes[..(2 * area)]];
        int largest = 0;
        long sum = 0;
        for (int i = 0; i < own.Length; i++)
        {
            if ((width < frame.Width && i % width >= width - 2) || (height < frame.Height && i / width % height >= height - 2))
            {
                continue;
            }

            int difference = Math.Abs(own[i] - expected[i]);
            largest = Math.Max(largest, difference);
            sum += difference;
        }

        string found = $"{frame.Format} {frame.Color}: largest {largest}, mean {(double)sum / own.Length:F4}";
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        Assert.True(largest <= 1 && sum < own.Length * 0.05, found);
    }
}
