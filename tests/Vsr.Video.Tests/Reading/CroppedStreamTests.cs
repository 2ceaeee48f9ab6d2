using Vsr.Tests;
using Vsr.Video.Tests.Gpu;

namespace Vsr.Video.Tests.Reading;

/// <summary>Streams whose headers cut away columns on the left and on the right and rows above, as many as are no multiple of anything.</summary>
public sealed class CroppedStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Codec, and what is cut away on the left, on the right and above.</summary>
    public static TheoryData<string, int, int, int> Crops => new()
    {
        { "h264", 2, 0, 0 },
        { "h264", 6, 0, 0 },
        { "h264", 6, 4, 0 },
        { "h264", 14, 2, 6 },
        { "h264", 0, 0, 2 },
        { "h264", 32, 0, 0 },
        { "hevc", 2, 0, 0 },
        { "hevc", 14, 2, 6 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Crops))]
    public void Frames_are_what_the_header_leaves(string codec, int left, int right, int top)
    {
        (string whole, string cropped) = Make(codec, left, right, top);
        using FrameReader full = new(whole, new FrameReaderOptions { CacheIndex = false });
        using FrameReader reader = new(cropped, new FrameReaderOptions { CacheIndex = false });
        Assert.Equal((192 - left - right, 160 - top), (reader.Stream.Width, reader.Stream.Height));
        RequireSamples(full, reader, left, top);
    }

    [Theory]
    [Trait("Category", "Gpu")]
    [MemberData(nameof(Crops))]
    public void The_gpu_gives_the_same(string codec, int left, int right, int top)
    {
        using GpuTestContext gpu = new();
        (string whole, string cropped) = Make(codec, left, right, top);
        using FrameReader full = new(whole, new FrameReaderOptions { CacheIndex = false });
        using FrameReader reader = new(cropped, gpu.Reader());
        RequireSamples(full, reader, left, top);
    }

    [Theory]
    [MemberData(nameof(Crops))]
    public void The_header_is_read_as_it_was_written(string codec, int left, int right, int top)
    {
        (_, string cropped) = Make(codec, left, right, top);
        using Demuxer demuxer = new(cropped, null);
        Assert.Equal(new HeaderCrop(left, top), CropOf(demuxer, codec));
    }

    [Theory]
    [InlineData("libx264", "yuv444p", "", 3, 5)]
    [InlineData("libx264", "yuv420p10le", "", 6, 4)]
    [InlineData("libx264", "yuv420p", "cqm=jvt", 6, 4)]
    [InlineData("libx264", "yuv420p", "interlaced=1", 6, 4)]
    [InlineData("libx265", "yuv444p", "", 3, 5)]
    [InlineData("libx265", "yuv420p", "temporal-layers=3", 6, 4)]
    public void Headers_of_every_kind_are_read(string encoder, string format, string parameters, int left, int top)
    {
        string codec = encoder == "libx264" ? "h264" : "hevc";
        string whole = WriterClip.Make(_folder, "whole.mkv", encoder, format, parameters);
        string cropped = Crop(whole, "cropped.mkv", codec, left, 0, top);
        using Demuxer demuxer = new(cropped, null);
        Assert.Equal(new HeaderCrop(left, top), CropOf(demuxer, codec));
    }

    [Fact]
    public void What_is_no_header_cuts_nothing()
    {
        Assert.Equal(default, HeaderCrop.Find([], "h264"));
        Assert.Equal(default, HeaderCrop.Find([0, 0, 1, 0x67], "h264"));
        Assert.Equal(default, HeaderCrop.Find([0, 0, 1, 0x42, 1], "hevc"));
        Random random = new(1);
        byte[] noise = new byte[64];
        for (int i = 0; i < 10_000; i++)
        {
            random.NextBytes(noise);
            (noise[0], noise[1], noise[2], noise[3]) = (0, 0, 1, (byte)(i % 2 == 0 ? 0x67 : 0x42));
            HeaderCrop.Find(noise, i % 2 == 0 ? "h264" : "hevc");
        }
    }

    private static unsafe HeaderCrop CropOf(Demuxer demuxer, string codec)
    {
        using AnnexBFilter filter = new(demuxer.Stream, codec, "");
        return filter.Crop;
    }

    private static void RequireSamples(FrameReader full, FrameReader reader, int left, int top)
    {
        foreach (int index in new[] { 0, 5, 20 })
        {
            using VideoFrame expected = full.GetFrame(index);
            using VideoFrame frame = reader.GetFrame(index);
            Assert.Equal((reader.Stream.Width, reader.Stream.Height), (frame.Width, frame.Height));
            for (int plane = 0; plane < 3; plane++)
            {
                int part = plane == 0 ? 1 : 2;
                int width = frame.Width / part;
                for (int y = 0; y < frame.Height / part; y++)
                {
                    int start = ((y + (top / part)) * expected.StrideBytes(plane)) + (left / part);
                    ReadOnlySpan<byte> wanted = expected.Plane(plane).Slice(start, width);
                    Assert.True(
                        wanted.SequenceEqual(frame.Plane(plane).Slice(y * frame.StrideBytes(plane), width)), $"frame {index}, plane {plane}, row {y}");
                }
            }
        }
    }

    // The same coded pictures twice: only the header's crop differs.
    private (string Whole, string Cropped) Make(string codec, int left, int right, int top)
    {
        string whole = WriterClip.Make(_folder, "whole.mp4", codec == "h264" ? "libx264" : "libx265", "yuv420p", "");
        return (whole, Crop(whole, "cropped.mp4", codec, left, right, top));
    }

    private string Crop(string whole, string name, string codec, int left, int right, int top)
    {
        string cropped = _folder.File(name);
        OracleProgram.Run(
            "ffmpeg", "-v", "error", "-i", whole, "-c", "copy",
            "-bsf:v", $"{codec}_metadata=crop_left={left}:crop_right={right}:crop_top={top}", cropped);
        return cropped;
    }
}
