using System.Runtime.InteropServices;
using Vsr.Tests;

namespace Vsr.Video.Tests.Scaling;

/// <summary>Frames in another size: the pictures, the place of chroma, and what is said of colours.</summary>
public class FrameScalerTests
{
    [Theory]
    [InlineData(ScalingFilter.Bilinear)]
    [InlineData(ScalingFilter.Bicubic)]
    [InlineData(ScalingFilter.Lanczos)]
    [InlineData(ScalingFilter.Area)]
    public void TheSameSizeAndFormatIsTheSamePicture(ScalingFilter filter)
    {
        using VideoFrame frame = Ramp("yuv420p", 64, 48, null, 0);
        using FrameScaler scaler = new(frame, "yuv420p", 64, 48, filter);
        using VideoFrame same = scaler.Scale(frame);
        Assert.Equal(frame.CopyTight(), same.CopyTight());
    }

    /// <summary>Luma and chroma rise together from left to right; they still do in small where chroma keeps its place.</summary>
    [Theory]
    [InlineData("left", 0.0)]
    [InlineData("center", 0.5)]
    public void ChromaStaysWhereItsLumaIs(string location, double offset)
    {
        using VideoFrame frame = Ramp("yuv420p", 192, 96, location, offset);
        using FrameScaler scaler = new(frame, "yuv420p", 64, 32, ScalingFilter.Bilinear);
        using VideoFrame small = scaler.Scale(frame);
        Assert.Equal(location, scaler.Color.ChromaLocation);
        ReadOnlySpan<byte> luma = small.Plane(0);
        ReadOnlySpan<byte> chroma = small.Plane(1);
        for (int x = 4; x < 28; x++)
        {
            // luma of a pixel is 40 + x; between two of them where chroma is centred
            double expected = (1 - offset) * luma[2 * x] + offset * luma[(2 * x) + 1];
            Assert.InRange(chroma[x] - expected, -1.01, 1.01);
        }
    }

    [Fact]
    public void PicturesAgreeWithTheFilterOfTheFFmpegProgram()
    {
        using TemporaryFolder folder = new();
        string source = folder.File("source.mkv");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=240x136:d=0.04", "-pix_fmt", "yuv444p", "-c:v", "ffv1", source);
        string expected = folder.File("expected.raw");
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", source, "-vf",
            "scale=120:68:flags=bicubic+accurate_rnd+bitexact+full_chroma_int+full_chroma_inp", "-f", "rawvideo", expected);
        using FrameReader reader = new(source, new FrameReaderOptions { CacheIndex = false });
        using VideoFrame frame = reader.GetFrame(0);
        using FrameScaler scaler = new(frame, "yuv444p", 120, 68, ScalingFilter.Bicubic);
        using VideoFrame small = scaler.Scale(frame);
        Assert.Equal(File.ReadAllBytes(expected), small.CopyTight());
    }

    [Fact]
    public void MatrixAndRangeAreKeptAndAlwaysSaid()
    {
        using VideoFrame untold = Ramp("yuv420p", 1280, 720, null, 0);
        using FrameScaler small = new(untold, "yuv420p", 320, 180, ScalingFilter.Bilinear);
        Assert.Equal(("bt709", "tv"), (small.Color.Matrix, small.Color.Range));

        using VideoFrame full = Ramp("yuvj420p", 64, 48, null, 0);
        using FrameScaler same = new(full, "yuv420p", 64, 48, ScalingFilter.Bilinear);
        using VideoFrame result = same.Scale(full);
        Assert.Equal(("smpte170m", "pc"), (same.Color.Matrix, same.Color.Range));
        Assert.Equal(full.CopyTight(), result.CopyTight());
    }

    [Fact]
    public void OneScalerFitsFramesOfOneKindOnly()
    {
        using VideoFrame frame = Ramp("yuv420p", 64, 48, null, 0);
        using VideoFrame like = Ramp("yuv420p", 64, 48, null, 0);
        using VideoFrame other = Ramp("yuv422p", 64, 48, null, 0);
        using FrameScaler scaler = new(frame, "yuv420p", 32, 24, ScalingFilter.Bilinear);
        Assert.True(scaler.Fits(like));
        Assert.False(scaler.Fits(other));
    }

    [Theory]
    [InlineData("yuv420p")]
    [InlineData("yuv444p10le")]
    public void ATurnedFrameIsTheTurnedPicture(string format)
    {
        using VideoFrame frame = Ramp(format, 16, 8, null, 0);
        Assert.Equal([0, 1, 2, 3, 3, 0], new[] { 0, 90, 180, 270, -90, 45 }.Select(FrameTurn.QuartersOf));
        using VideoFrame left = FrameTurn.Turn(frame, 1);
        using VideoFrame right = FrameTurn.Turn(frame, 3);
        using VideoFrame half = FrameTurn.Turn(frame, 2);
        Assert.Equal((8, 16, 16, 8), (left.Width, left.Height, half.Width, half.Height));
        for (int plane = 0; plane < 3; plane++)
        {
            int width = frame.Format.PlaneWidth(plane, 16);
            int height = frame.Format.PlaneHeight(plane, 8);
            for (int i = 0; i < width * height; i++)
            {
                (int y, int x) = Math.DivRem(i, width);
                int expected = Sample(frame, plane, x, y);
                Assert.Equal(expected, Sample(left, plane, y, width - 1 - x));
                Assert.Equal(expected, Sample(right, plane, height - 1 - y, x));
                Assert.Equal(expected, Sample(half, plane, width - 1 - x, height - 1 - y));
            }
        }
    }

    private static int Sample(VideoFrame frame, int plane, int x, int y)
    {
        ReadOnlySpan<byte> row = frame.Plane(plane)[(y * frame.StrideBytes(plane))..];
        return frame.Format.BitDepth > 8 ? MemoryMarshal.Cast<byte, ushort>(row)[x] : row[x];
    }

    private static VideoFrame Ramp(string format, int width, int height, string? location, double offset)
    {
        VideoFrame frame = VideoFrame.Allocate(
            PixelFormat.FromName(format), width, height, 0, ColorDescription.Unknown with { ChromaLocation = location });
        for (int plane = 0; plane < 3; plane++)
        {
            Span<byte> samples = frame.WritablePlane(plane);
            int planeWidth = frame.Format.PlaneWidth(plane, width);
            for (int y = 0; y < frame.Format.PlaneHeight(plane, height); y++)
            {
                Span<byte> row = samples[(y * frame.StrideBytes(plane))..];
                for (int x = 0; x < planeWidth; x++)
                {
                    double at = planeWidth == width ? x : (2 * x) + offset;
                    int value = (int)Math.Round(40 + at + (plane == 0 && width < 32 ? 3 * y : 0)) % 250;
                    if (frame.Format.BitDepth > 8)
                    {
                        MemoryMarshal.Cast<byte, ushort>(row)[x] = (ushort)(value + (7 * y));
                    }
                    else
                    {
                        row[x] = (byte)value;
                    }
                }
            }
        }

        return frame;
    }
}
