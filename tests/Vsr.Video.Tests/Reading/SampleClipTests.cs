using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>The clip of the repository: what any machine with FFmpeg reads.</summary>
public class SampleClipTests
{
    private static string Clip => Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");

    [Fact]
    public void Random_order_gives_the_frames_of_sequential_order()
    {
        FrameReaderOptions options = new() { CacheIndex = false };
        using FrameReader sequential = new(Clip, options);
        var hashes = new ulong[sequential.FrameCount];
        for (int i = 0; i < hashes.Length; i++)
        {
            using VideoFrame frame = sequential.GetFrame(i);
            Assert.Equal(i, frame.Index);
            hashes[i] = DecodePass.Hash(frame);
        }

        Assert.True(hashes.Length > 10);
        Assert.Equal(0, sequential.Statistics.Seeks);
        using FrameReader random = new(Clip, options);
        int[] order = [.. Enumerable.Range(0, hashes.Length)];
        new Random(7).Shuffle(order);
        foreach (int i in order)
        {
            using VideoFrame frame = random.GetFrame(i);
            Assert.Equal(hashes[i], DecodePass.Hash(frame));
        }
    }
}
