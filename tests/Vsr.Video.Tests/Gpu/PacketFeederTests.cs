using Vsr.Tests;
using Vsr.Video.Tests.Reading;

namespace Vsr.Video.Tests.Gpu;

/// <summary>
/// What is fed to a decoder of raw streams gives the frames of FrameReader: filter, starts, skipping and going on are right.
/// </summary>
public class PacketFeederTests(ITestOutputHelper output)
{
    private static readonly FrameReaderOptions Options = new() { CacheIndex = false };

    public static TheoryData<string> SmallFiles =>
    [
        "mb_bad-keyframes.mp4", "mb_edit-list-discard.mp4", "psd_delayed_start.mp4", "tc_av1_video.mkv",
        "tc_discard_first_keyframe.mp4", "tc_h264_10bits.mp4", "tc_h265_10bits.mp4", "tc_h265_video.mp4",
        "tc_nasa_13013_rotated.mp4", "tc_test_non_zero_start.mp4", "tc_testsrc2_444_10bit_hevc.mp4",
        "tc_testsrc2_av1_10bit.mp4", "tc_testsrc2_odd_height_and_width_444.mp4", "tc_testsrc2_odd_height_and_width_vp9.mp4",
    ];

    public static TheoryData<string, string> Clips => new()
    {
        { "x264.mp4", "-c:v libx264 -g 12 -bf 3" },
        { "x264-open.mp4", "-c:v libx264 -g 12 -bf 3 -x264-params open-gop=1" },
        { "x264-open.mkv", "-c:v libx264 -g 12 -bf 3 -x264-params open-gop=1" },
        { "x264.ts", "-c:v libx264 -g 12 -bf 2" },
        { "x264-interlaced.mp4", "-c:v libx264 -g 12 -bf 2 -flags +ildct+ilme" },
        { "x264-intra-refresh.mp4", "-c:v libx264 -g 20 -x264-params intra-refresh=1" },
        { "x265-open.mp4", "-c:v libx265 -g 12 -x265-params log-level=none:open-gop=1:pools=1" },
        { "x265.ts", "-c:v libx265 -g 12 -x265-params log-level=none:pools=1" },
        { "vp9.webm", "-c:v libvpx-vp9 -g 12 -auto-alt-ref 1 -lag-in-frames 12 -b:v 200k -cpu-used 8" },
    };

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public void Windows_of_shared_videos_equal_the_readers_frames(string name) =>
        Check(SharedData.Require("video/awkward/" + name), windows: 12);

    [Theory]
    [MemberData(nameof(Clips))]
    public void Windows_of_clips_equal_the_readers_frames(string name, string options)
    {
        using TemporaryFolder folder = new();
        Check(TestClip.Make(folder, name, options.Split(' ')), windows: 40);
    }

    [Theory]
    [MemberData(nameof(WriterClip.Kinds), MemberType = typeof(WriterClip))]
    public void Windows_of_written_clips_equal_the_readers_frames(string name, string codec, string format, string parameters)
    {
        using TemporaryFolder folder = new();
        Check(WriterClip.Make(folder, name, codec, format, parameters), windows: 20);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Windows_of_all_shared_videos_equal_the_readers_frames()
    {
        string[] files = Directory.GetFiles(SharedData.Require("video"), "*.*", SearchOption.AllDirectories);
        foreach (string path in files.Order(StringComparer.Ordinal))
        {
            try
            {
                Check(path, windows: 6);
            }
            catch (VideoFormatException refused)
            {
                output.WriteLine($"{Path.GetFileName(path)}: {refused.Message}");
            }
        }
    }

    [Fact]
    public void Windows_that_follow_each_other_decode_nothing_twice()
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, "clip.mp4", "-c:v", "libx264", "-g", "30", "-bf", "3", "-x264-params", "b-pyramid=none");
        using Demuxer demuxer = new(path, null);
        FrameIndex index = new FrameIndexLoader(demuxer, path, Options).Load();
        using PacketFeeder feeder = new(demuxer, index, path);
        using SoftwarePictureDecoder decoder = new(demuxer, 6, (_, _) => { });
        for (int first = 0; first < TestClip.Frames; first += 3)
        {
            feeder.Read([first, first + 1, first + 2], decoder);
        }

        Assert.Equal((0, TestClip.Frames), (feeder.Seeks, feeder.Packets));
    }

    [Fact]
    public void A_window_costs_its_group_up_to_it_without_pictures_that_nothing_needs()
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, "clip.mp4", "-c:v", "libx264", "-g", "30", "-bf", "3", "-x264-params", "b-pyramid=none");
        using Demuxer demuxer = new(path, null);
        FrameIndex index = new FrameIndexLoader(demuxer, path, Options).Load();
        using PacketFeeder feeder = new(demuxer, index, path);
        using SoftwarePictureDecoder decoder = new(demuxer, 6, (_, _) => { });
        feeder.Read([50], decoder);
        int packet = index.PacketOfFrame[50];
        int needed = Enumerable.Range(30, packet - 30)
            .Count(i => (index.Packets[i].Kinds & PacketKinds.Disposable) == 0) + 1;
        Assert.Equal((1, needed), (feeder.Seeks, feeder.Packets));
        Assert.InRange(needed, 2, 16);
    }

    [Fact]
    public void Frames_that_do_not_ascend_are_refused()
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, "clip.mp4", "-c:v", "libx264", "-g", "12");
        using Demuxer demuxer = new(path, null);
        FrameIndex index = new FrameIndexLoader(demuxer, path, Options).Load();
        using PacketFeeder feeder = new(demuxer, index, path);
        using SoftwarePictureDecoder decoder = new(demuxer, 6, (_, _) => { });
        Assert.Throws<ArgumentException>(() => feeder.Read([3, 3], decoder));
        Assert.Throws<ArgumentException>(() => feeder.Read([4, 3], decoder));
        Assert.Throws<ArgumentOutOfRangeException>(() => feeder.Read([TestClip.Frames], decoder));
        Assert.Equal(0, feeder.Packets);
    }

    private void Check(string path, int windows)
    {
        using FrameReader reader = new(path, Options with { MemoryLimitBytes = 0 });
        if (reader.Index.IsDecoded)
        {
            output.WriteLine($"{Path.GetFileName(path)}: its index was made by decoding ({string.Join("; ", reader.Index.Warnings)})");
            return;
        }

        string[] expected = new string[reader.FrameCount];
        for (int i = 0; i < expected.Length; i++)
        {
            using VideoFrame frame = reader.GetFrame(i);
            expected[i] = FrameMd5.Of(frame);
        }

        if (reader.Index.IsDecoded)
        {
            output.WriteLine($"{Path.GetFileName(path)}: reading found damage");
            return;
        }

        using Demuxer demuxer = new(path, null, reader.Info);
        using PacketFeeder feeder = new(demuxer, reader.Index, path);
        Dictionary<int, string> got = [];
        using SoftwarePictureDecoder decoder = new(demuxer, 4, (number, frame) => got.Add(number, FrameMd5.Of(frame)));
        Random random = new(5);
        int place = 0;
        for (int i = 0; i < windows; i++)
        {
            int[] frames = Window(random, expected.Length, ref place);
            got.Clear();
            feeder.Read(frames, decoder);
            Assert.Equal(frames, got.Keys.Order());
            int wrong = Array.FindIndex(frames, frame => got[frame] != expected[frame]);
            Assert.True(wrong < 0, $"{path}: window {i} ({string.Join(' ', frames)}): frame {(wrong < 0 ? 0 : frames[wrong])} differs");
        }

        got.Clear();
        feeder.Read([.. Enumerable.Range(0, expected.Length)], decoder);
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(i => got[i]));
        output.WriteLine($"{Path.GetFileName(path)}: {expected.Length} frames, {feeder.Seeks} seeks, {feeder.Packets} packets, "
            + $"{decoder.Starts} starts");
    }

    // Windows of 1 to 5 frames with strides 1 to 8: half of them at a random place, half going on from the last one.
    private static int[] Window(Random random, int count, ref int place)
    {
        if (random.Next(2) == 0 || place >= count)
        {
            place = random.Next(count);
        }

        int first = place;
        int stride = random.Next(3) == 0 ? random.Next(1, 9) : 1;
        int[] frames = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => first + (i * stride)).Where(i => i < count)];
        place = frames[^1] + 1;
        return frames;
    }
}
