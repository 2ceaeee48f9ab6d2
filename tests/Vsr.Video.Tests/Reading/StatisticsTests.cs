using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>What reading costs: seeks, packets and frames decoded, memory held.</summary>
public class StatisticsTests
{
    private const int GroupSize = 20;

    private static FrameReaderOptions Options => new() { CacheIndex = false, Threads = 1 };

    [Fact]
    public void Neighbouring_ranges_are_read_without_a_seek_and_decoded_once()
    {
        using TemporaryFolder folder = new();
        using FrameReader reader = new(Clip(folder), Options);
        for (int start = 0; start < TestClip.Frames; start += 10)
        {
            DisposeAll(reader.GetRange(start, 10));
        }

        Assert.Equal(new ReaderStatistics(0, TestClip.Frames, TestClip.Frames, TestClip.Frames), reader.Statistics);
    }

    [Fact]
    public void A_far_frame_is_sought_and_a_near_one_is_not()
    {
        using TemporaryFolder folder = new();
        using FrameReader reader = new(Clip(folder), Options);
        reader.GetFrame(41).Dispose();
        Assert.Equal(1, reader.Statistics.Seeks);
        Assert.InRange(reader.Statistics.Packets, 2, 8);
        reader.GetFrame(45).Dispose();
        Assert.Equal(1, reader.Statistics.Seeks);
        reader.GetFrame(41).Dispose(); // still kept
        Assert.Equal(1, reader.Statistics.Seeks);
        reader.GetFrame(0).Dispose();
        Assert.Equal(2, reader.Statistics.Seeks);
    }

    [Fact]
    public void A_list_is_given_in_its_order_and_decoded_in_ascending_order()
    {
        using TemporaryFolder folder = new();
        using FrameReader reader = new(Clip(folder), Options);
        IReadOnlyList<VideoFrame> frames = reader.GetFrames([7, 3, 7, 0]);
        Assert.Equal([7, 3, 7, 0], frames.Select(frame => frame.Index));
        Assert.Equal(FrameMd5.Of(frames[0]), FrameMd5.Of(frames[2]));
        Assert.NotEqual(FrameMd5.Of(frames[0]), FrameMd5.Of(frames[1]));
        Assert.Equal((0L, 4L), (reader.Statistics.Seeks, reader.Statistics.Delivered));
        DisposeAll(frames);
        Assert.Equal([10, 14, 18], reader.GetRange(10, 3, stride: 4).Select(frame => frame.Index));
    }

    [Fact]
    public void Frames_that_no_other_needs_are_left_undecoded_on_the_way_to_a_far_one()
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, "b.mp4", "-c:v", "libx264", "-g", "60", "-bf", "3", "-b_strategy", "0");
        using FrameReader reader = new(path, Options with { MemoryLimitBytes = 0 });
        string last = FrameMd5.OfFFmpeg(path)[^1];
        using VideoFrame frame = reader.GetFrame(TestClip.Frames - 1);
        Assert.Equal(last, FrameMd5.Of(frame));
        Assert.InRange(reader.Statistics.Decoded, 15, 40);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    [InlineData(200_000)]
    public void Decoded_frames_are_kept_up_to_the_limit(long limit)
    {
        using TemporaryFolder folder = new();
        using FrameReader reader = new(Clip(folder), Options with { MemoryLimitBytes = limit });
        foreach (int i in new[] { 50, 3, 17, 33, 16, 59 })
        {
            reader.GetFrame(i).Dispose();
            Assert.InRange(reader.CachedBytes, 0, limit);
        }
    }

    [Fact]
    public void Frames_outlive_their_reader()
    {
        using TemporaryFolder folder = new();
        VideoFrame frame;
        string before;
        using (FrameReader reader = new(Clip(folder), Options))
        {
            frame = reader.GetFrame(5);
            before = FrameMd5.Of(frame);
            DisposeAll(reader.GetRange(6, 40));
        }

        Assert.Equal(before, FrameMd5.Of(frame));
        frame.Dispose();
        Assert.Throws<ObjectDisposedException>(() => frame.Plane(0).Length);
    }

    private static string Clip(TemporaryFolder folder) =>
        TestClip.Make(folder, "clip.mp4", "-c:v", "libx264", "-g", $"{GroupSize}", "-bf", "2");

    private static void DisposeAll(IEnumerable<VideoFrame> frames)
    {
        foreach (VideoFrame frame in frames)
        {
            frame.Dispose();
        }
    }
}
