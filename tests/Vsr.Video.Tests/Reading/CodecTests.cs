using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>Codecs and containers of all sorts: random access equals ffmpeg's sequential decoding.</summary>
public class CodecTests
{
    public static TheoryData<string, string> Clips => new()
    {
        { "x264.mp4", "-c:v libx264 -g 12 -bf 3" },
        { "x264-open.mp4", "-c:v libx264 -g 12 -bf 3 -x264-params open-gop=1" },
        { "x264-open.mkv", "-c:v libx264 -g 12 -bf 3 -x264-params open-gop=1" },
        { "x264.ts", "-c:v libx264 -g 12 -bf 2" },
        { "x264-raw.h264", "-c:v libx264 -g 12 -bf 2" },
        { "x264-interlaced.mp4", "-c:v libx264 -g 12 -bf 2 -flags +ildct+ilme" },
        { "x264-frag.mp4", "-c:v libx264 -g 12 -movflags frag_keyframe+empty_moov" },
        { "x264-intra-refresh.mp4", "-c:v libx264 -g 20 -x264-params intra-refresh=1" },
        { "x265-open.mp4", "-c:v libx265 -g 12 -x265-params log-level=none:open-gop=1:pools=1" },
        { "x265.ts", "-c:v libx265 -g 12 -x265-params log-level=none:pools=1" },
        { "vp8.webm", "-c:v libvpx -g 12 -auto-alt-ref 1 -lag-in-frames 8 -b:v 200k" },
        { "vp9.webm", "-c:v libvpx-vp9 -g 12 -auto-alt-ref 1 -lag-in-frames 12 -b:v 200k -cpu-used 8" },
        { "mpeg2-open.ts", "-c:v mpeg2video -g 12 -bf 2" },
        { "mpeg4.avi", "-c:v mpeg4 -g 12 -bf 2" },
        { "mpeg4.mkv", "-c:v mpeg4 -g 12 -bf 2" },
        { "mjpeg.avi", "-c:v mjpeg -pix_fmt yuvj420p" },
        { "ffv1.mkv", "-c:v ffv1 -level 3 -g 12" },
        { "prores.mov", "-c:v prores_ks -pix_fmt yuv422p10le" },
        { "raw.avi", "-c:v rawvideo -pix_fmt yuv420p" },
        { "gif.gif", "-pix_fmt rgb8" },
    };

    [Theory]
    [MemberData(nameof(Clips))]
    public void Random_access_equals_ffmpeg(string name, string options)
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, name, options.Split(' '));
        string[] expected = FrameMd5.OfFFmpeg(path);
        Assert.Equal(TestClip.Frames, expected.Length);
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false, MemoryLimitBytes = 0 });
        Assert.Equal(expected, FrameMd5.InRandomOrder(reader, seed: 3));
        Assert.Empty(reader.Index.Warnings);
    }

    [Theory]
    [InlineData("x264-open.mp4", "-c:v libx264 -g 12 -bf 3 -x264-params open-gop=1")]
    [InlineData("x265-open.mp4", "-c:v libx265 -g 12 -x265-params log-level=none:open-gop=1:pools=1")]
    public void Decoding_begins_at_open_groups_too(string name, string options)
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, name, options.Split(' '));
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false, Threads = 1 });
        Assert.Equal(5, reader.Index.Starts.Length);
        using VideoFrame frame = reader.GetFrame(TestClip.Frames - 1);
        Assert.Equal(1, reader.Statistics.Seeks);
        Assert.InRange(reader.Statistics.Packets, 1, 20);
    }

    [Fact]
    public void A_change_of_size_within_a_file_is_followed()
    {
        using TemporaryFolder folder = new();
        string small = TestClip.Make(folder, "small.h264", "-c:v", "libx264", "-g", "12");
        string large = TestClip.Make(folder, "large.h264", "-c:v", "libx264", "-g", "12", "-vf", "scale=160:96");
        string path = folder.File("both.h264");
        File.WriteAllBytes(path, [.. File.ReadAllBytes(small), .. File.ReadAllBytes(large)]);
        string[] expected = FrameMd5.OfFFmpeg(path);
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false, MemoryLimitBytes = 0 });
        Assert.Equal(expected, FrameMd5.InRandomOrder(reader, seed: 3));
        using VideoFrame last = reader.GetFrame(reader.FrameCount - 1);
        Assert.Equal((160, 96), (last.Width, last.Height));
    }
}
