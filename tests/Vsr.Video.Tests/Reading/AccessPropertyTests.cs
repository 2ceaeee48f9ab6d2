using CsCheck;
using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>Any series of calls gives the frames of sequential decoding, whatever the reader keeps and however it got there.</summary>
public class AccessPropertyTests
{
    [Theory]
    [InlineData("tc_h265_video.mp4")]
    [InlineData("mb_edit-list-discard.mp4")]
    [InlineData("mb_no-initial-keyframe.ts")]
    [InlineData("tc_discard_first_keyframe.mp4")]
    public void Any_series_of_calls_equals_sequential_decoding(string name) =>
        Check(SharedData.Require("video/awkward/" + name));

    [Fact]
    public void Any_series_of_calls_on_groups_with_b_frames_equals_sequential_decoding()
    {
        using TemporaryFolder folder = new();
        Check(TestClip.Make(folder, "clip.mp4", "-c:v", "libx264", "-g", "25", "-bf", "3", "-x264-params", "open-gop=1"));
    }

    private static void Check(string path)
    {
        string[] expected = FrameMd5.OfFFmpeg(path);
        Gen<int> frame = Gen.Int[0, expected.Length - 1];
        Gen<int[]> single = frame.Select(i => new[] { i });
        Gen<int[]> list = frame.Array[0, 6];
        Gen<int[]> range = Gen.Select(frame, Gen.Int[1, 6], Gen.Int[1, 4], (start, count, stride) =>
            Enumerable.Range(0, count).Select(i => start + (i * stride)).Where(i => i < expected.Length).ToArray());
        Gen<int[]> call = Gen.OneOf(single, list, range);
        Gen.Select(call.Array[1, 12], Gen.Int[0, 2].Select(i => new[] { 0L, 40_000L, 64L << 20 }[i]), Gen.Int[1, 3]).Sample(
            (calls, memory, threads) =>
            {
                using FrameReader reader = new(path, new FrameReaderOptions
                {
                    CacheIndex = false,
                    MemoryLimitBytes = memory,
                    Threads = threads,
                });
                foreach (int[] indices in calls)
                {
                    IReadOnlyList<VideoFrame> frames = reader.GetFrames(indices);
                    Assert.Equal(indices.Select(i => expected[i]), frames.Select(FrameMd5.Of));
                    foreach (VideoFrame one in frames)
                    {
                        one.Dispose();
                    }
                }
            },
            iter: 25,
            threads: 1);
    }
}
