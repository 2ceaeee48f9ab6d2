using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>Random access gives ffmpeg's frames bit for bit, or ffmpeg gives none and the file is refused.</summary>
public class SharedVideoTests
{
    // Little memory, so that frames come from seeks and decoding rather than from those kept.
    private static readonly FrameReaderOptions Options = new() { CacheIndex = false, MemoryLimitBytes = 4 << 20 };

    public static TheoryData<string> SmallFiles =>
    [
        "mb_annex-b.mp4", "mb_bad-keyframes.mp4", "mb_edit-list-discard.mp4", "mb_no-initial-keyframe.ts",
        "psd_delayed_start.mp4", "tc_av1_video.mkv", "tc_discard_first_keyframe.mp4", "tc_h264_10bits.mp4",
        "tc_h265_10bits.mp4", "tc_h265_video.mp4", "tc_nasa_13013_rotated.mp4", "tc_test_non_zero_start.mp4",
        "tc_testsrc2_444_10bit_hevc.mp4", "tc_testsrc2_av1_10bit.mp4", "tc_testsrc2_odd_height_and_width_444.mp4",
        "tc_testsrc2_odd_height_and_width_vp9.mp4",
    ];

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public void Random_access_equals_ffmpeg(string name)
    {
        string path = SharedData.Require(Path.Combine("video", "awkward", name));
        using FrameReader reader = new(path, Options);
        Assert.Equal(FrameMd5.OfFFmpeg(path), FrameMd5.InRandomOrder(reader, seed: 1));
    }

    [Theory]
    [InlineData("mb_init-only_nosamples.mp4", "has no frames: stream 0 has no packets")]
    [InlineData("mb_segment_without_init.mp4", "is no video that FFmpeg can read: Invalid data found")]
    [InlineData("mb_whatdoesitdo_noconfig.mp4", "has no frames: none of the 149 packets of stream 0 decodes")]
    public void A_file_without_frames_is_refused_in_one_line(string name, string reason)
    {
        string path = SharedData.Require(Path.Combine("video", "awkward", name));
        Assert.Empty(FrameMd5.OfFFmpeg(path));
        VideoFormatException failure = Assert.Throws<VideoFormatException>(() => new FrameReader(path, Options));
        Assert.StartsWith($"{path}: {reason}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("mb_bad-keyframes.mp4", 120, 120, 5)]
    [InlineData("mb_edit-list-discard.mp4", 49, 50, 5)]
    [InlineData("tc_discard_first_keyframe.mp4", 25, 30, 3)]
    [InlineData("editly_kohlipe3_hevc_opengop.mp4", 837, 837, 4)]
    [InlineData("mb_video-h265.mp4", 300, 300, 2)]
    [InlineData("mb_iphone_hevc10_hlg_rot.mov", 6, 8, 1)]
    public void Packets_alone_tell_frames_and_key_frames(string name, int frames, int packets, int keyFrames)
    {
        using FrameReader reader = new(SharedData.Require(Path.Combine("video", "awkward", name)), Options);
        Assert.Equal((frames, packets, keyFrames), (reader.FrameCount, reader.Index.PacketCount, reader.Index.KeyFrameCount));
        Assert.False(reader.Index.IsDecoded);
        Assert.Equal(0, reader.Statistics.Packets);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_shared_video_equals_ffmpeg_in_random_order()
    {
        string root = SharedData.Require("video");
        FrameReaderOptions roomy = Options with { MemoryLimitBytes = 512 << 20 };
        string[] files = Directory.GetFiles(root, "*.*", SearchOption.AllDirectories);
        Assert.True(files.Length >= 56);
        foreach (string path in files.Order(StringComparer.Ordinal))
        {
            string[] expected = FrameMd5.OfFFmpeg(path);
            if (expected.Length == 0)
            {
                Assert.Throws<VideoFormatException>(() => new FrameReader(path, roomy));
                continue;
            }

            using FrameReader reader = new(path, roomy);
            string[] got = FrameMd5.InRandomOrder(reader, seed: 1);
            Assert.True(expected.SequenceEqual(got), $"{path}: frames differ from ffmpeg's");
        }
    }
}
