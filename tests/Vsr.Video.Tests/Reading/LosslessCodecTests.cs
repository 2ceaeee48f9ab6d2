using Vsr.Tests;
using Vsr.Video.Tests.Writing;

namespace Vsr.Video.Tests.Reading;

/// <summary>What was compressed without loss, by the codec's description and, for H.264, by its parameter set.</summary>
public class LosslessCodecTests
{
    [Theory]
    [InlineData("ffv1", "yuv420p", true)]
    [InlineData("huffyuv", "yuv422p", true)]
    [InlineData("utvideo", "yuv420p", true)]
    [InlineData("png", "rgb24", true)]
    [InlineData("rawvideo", "yuv420p", true)]
    [InlineData("qtrle", "rgb24", true)]
    [InlineData("mpeg4", "yuv420p", false)]
    [InlineData("mjpeg", "yuvj420p", false)]
    [InlineData("prores_ks", "yuv422p10le", false)]
    [InlineData("libvpx-vp9", "yuv420p", false)]
    [InlineData("libx264", "yuv420p", false)]
    [InlineData("libx264", "yuv444p", false)]                       // of the same profile as what is lossless
    [InlineData("libx264", "yuv420p", true, "qp=0")]
    [InlineData("libx264", "yuv444p", true, "qp=0")]
    [InlineData("libx264", "yuv422p", true, "qp=0:keyint=1")]
    [InlineData("libx264rgb", "bgr24", true, "qp=0")]
    [InlineData("libx264", "yuv420p10le", false)]
    [InlineData("libx265", "yuv420p", false)]
    public void TheStreamSaysWhetherItsCodecIsLossless(string codec, string pixelFormat, bool expected, string? x264 = null)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.mkv");
        VideoWriterOptions options = VideoWriterTests.Small with
        {
            Width = 64,
            Height = 64,
            Codec = codec,
            PixelFormat = pixelFormat,
            Preset = codec.StartsWith("libx26", StringComparison.Ordinal) ? "ultrafast" : null,
            EncoderOptions = x264 is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["x264-params"] = x264 },
        };
        using (VideoWriter writer = new(path, options))
        {
            writer.Write(VideoWriterTests.Picture(64, 64, 3), 0);
            writer.Finish();
        }

        Assert.Equal(expected, VideoFile.Probe(path).Video.IsLossless);
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.ts")]
    [InlineData("a.h264")]
    [InlineData("a.mov")]
    public void TheParameterSetIsFoundInEveryContainer(string name)
    {
        using TemporaryFolder folder = new();
        string path = folder.File(name);

        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x64:d=0.2,format=yuv420p", "-c:v", "libx264", "-qp", "0", path);
        Assert.True(VideoFile.Probe(path).Video.IsLossless);

        OracleProgram.Run("ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x64:d=0.2,format=yuv444p", "-c:v", "libx264", "-qp", "1", path);
        Assert.False(VideoFile.Probe(path).Video.IsLossless);
    }
}
