using Vsr.Interop.Nvcuvid;

namespace Vsr.Video.Tests.Gpu;

/// <summary>What an engine's capabilities mean for a stream.</summary>
public class NvdecSupportTests
{
    // As an H200's engines say (driver 580): H.264 in 8 bits and 4:2:0 only, HEVC in all, no AV1.
    private static readonly NvdecCapabilities[] Engines =
    [
        new("h264", 1, 8, 7, 48, 16, 4096, 4096, 65536, 1),
        .. from chroma in new[] { 1, 3 }
           from bits in new[] { 8, 10, 12 }
           select new NvdecCapabilities("hevc", chroma, bits, 7, 144, 144, 8192, 8192, 262144, 15),
        new("vp9", 1, 8, 7, 128, 128, 8192, 8192, 262144, 1),
    ];

    [Theory]
    [InlineData("h264", "yuv420p", 1920, 1080, null)]
    [InlineData("h264", "yuvj420p", 48, 16, null)]
    [InlineData("hevc", "yuv420p10le", 3840, 2160, null)]
    [InlineData("hevc", "yuv444p12le", 144, 144, null)]
    [InlineData("vp9", "yuv420p", 321, 241, null)]
    [InlineData("h264", "yuv420p10le", 640, 480, "the GPU's engine does not decode h264 4:2:0 10 bit")]
    [InlineData("h264", "yuv422p", 640, 480, "the GPU's engine does not decode h264 4:2:2 8 bit")]
    [InlineData("hevc", "yuv422p10le", 640, 480, "the GPU's engine does not decode hevc 4:2:2 10 bit")]
    [InlineData("av1", "yuv420p", 640, 480, "the GPU's engine does not decode av1 4:2:0 8 bit")]
    [InlineData("h264", "gbrp", 640, 480, "the pixel format gbrp has no counterpart on the GPU")]
    [InlineData("hevc", "gray", 640, 480, "the pixel format gray has no counterpart on the GPU")]
    [InlineData("prores", "yuv422p10le", 640, 480, "the codec 'prores' is not decoded on the GPU, only h264, hevc, vp8, vp9 and av1 are")]
    [InlineData("hevc", "yuv420p", 128, 720, "128x720 is below the 144x144 that the GPU's engine decodes of hevc 4:2:0 8 bit")]
    [InlineData("h264", "yuv420p", 4100, 100, "4100x100 is above the 4096x4096 and 65536 macroblocks that the GPU's engine decodes of h264 4:2:0 8 bit")]
    public void The_reason_names_what_is_asked_and_what_there_is(string codec, string format, int width, int height, string? reason)
    {
        VideoStreamInfo stream = new()
        {
            Index = 0,
            Codec = codec,
            Width = width,
            Height = height,
            PixelFormat = PixelFormat.FromName(format),
            TimeBase = new Rational(1, 25),
            StartPts = 0,
            DurationSeconds = null,
            AverageRate = null,
            Rotation = 0,
            SampleAspect = null,
            Color = ColorDescription.Unknown,
        };
        Assert.Equal(reason, NvdecSupport.WhyNot(stream, null, key =>
            Engines.FirstOrDefault(one => new NvdecKey(one.Codec, one.Chroma, one.BitDepth) == key)));
    }

    [Fact]
    public void Without_a_gpu_auto_is_software_without_a_word_and_nvdec_is_refused()
    {
        if (GpuContext.Exists(0))
        {
            Assert.Skip("there is a GPU");
        }

        using Vsr.Tests.TemporaryFolder folder = new();
        string path = Reading.TestClip.Make(folder, "clip.mp4", "-c:v", "libx264");
        FrameReaderOptions options = new() { CacheIndex = false, Decoder = VideoDecoderKind.Auto };
        using FrameReader reader = new(path, options);
        Assert.Equal((VideoDecoderKind.Software, null, null), (reader.DecoderInUse, reader.FallbackReason, reader.DecoderNotice));
        DecoderUnavailableException refused = Assert.Throws<DecoderUnavailableException>(
            () => new FrameReader(path, options with { Decoder = VideoDecoderKind.Nvdec }));
        Assert.StartsWith("NVDEC cannot be used: there is no NVIDIA driver", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameReaderOptions { Device = -1 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameReaderOptions { Decoder = (VideoDecoderKind)7 }.Validate());
    }
}
