using System.Collections.Concurrent;
using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

public class MemoryClipSourceTests
{
    [Fact]
    public void Frames_in_memory_equal_those_read()
    {
        using NumberedClips clips = new((40, 20, 12), (3, 9, 7));
        using MemoryClipSource memory = Load(clips, new MemoryClipOptions { Threads = 2 });
        Assert.Equal(clips.Clips, memory.Clips);
        Assert.Equal(3L * (40 * 20 * 12 + 3 * 9 * 7), memory.SizeBytes);
        PixelRect crop = new(3, 2, 5, 4);
        for (int clip = 0; clip < 2; clip++)
        {
            byte[] direct = new byte[2 * 3 * 20];
            byte[] held = new byte[2 * 3 * 20];
            using IClipReader from = clips.Open(clip);
            using IClipReader to = memory.Open(clip);
            from.ReadRgb8(0, 2, 2, crop, direct);
            to.ReadRgb8(0, 2, 2, crop, held);
            Assert.Equal(direct, held);
        }

        Assert.Equal(NumberedClips.Pixel(0, 39, 0, 0, 0), memory.Frames(0, 39, 1)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Frames(0, 39, 2).Length);
    }

    [Fact]
    public void A_clip_is_copied_to_a_tensor()
    {
        TorchTestBackend.Ensure();
        using NumberedClips clips = new((40, 20, 12), (30, 1000, 1000)); // the second is copied in parts
        using MemoryClipSource memory = Load(clips);
        using Tensor small = memory.CopyTo(0, CPU);
        Assert.Equal([40L, 3, 12, 20], small.shape);
        Assert.Equal(memory.Frames(0, 0, 40), small.bytes);
        using Tensor large = memory.CopyTo(1, CPU);
        Assert.True(memory.Frames(1, 0, 30).SequenceEqual(large.bytes));
    }

    [Fact]
    public void Progress_reaches_all_frames()
    {
        ConcurrentBag<MemoryClipProgress> seen = [];
        using NumberedClips clips = new((40, 4, 4), (17, 4, 4));
        using MemoryClipSource memory = Load(clips, progress: new Collect(seen));
        Assert.Equal(57, seen.Max(progress => progress.Frames));
        Assert.All(seen, progress => Assert.Equal(57, progress.TotalFrames));
    }

    [Fact]
    public void A_clip_that_fails_is_left_out_by_name()
    {
        using NumberedClips clips = new((5, 4, 4), (5, 4, 4), (5, 4, 4))
        {
            BeforeRead = (clip, _) =>
            {
                if (clip == 1)
                {
                    throw new VsrException("broken");
                }
            },
        };
        using MemoryClipSource memory = Load(clips);
        Assert.Equal(["clip0", "clip2"], memory.Clips.Select(clip => clip.Name));
        string warning = Assert.Single(memory.Warnings);
        Assert.Contains("clip1", warning);
        Assert.Contains("broken", warning);
        Assert.Equal(NumberedClips.Pixel(2, 0, 0, 0, 0), memory.Frames(1, 0, 1)[0]);
    }

    [Fact]
    public void Too_little_memory_and_cancellation_end_the_loading()
    {
        using NumberedClips clips = new((100, 40, 40));
        Assert.Contains("limit", Assert.Throws<VsrException>(() =>
            Load(clips, new MemoryClipOptions { LimitBytes = 1000 })).Message);
        Assert.Throws<OperationCanceledException>(() =>
            MemoryClipSource.Load(clips, cancellation: new CancellationToken(canceled: true)));
        Assert.Equal(0, clips.OpenReaders);
    }

    private static MemoryClipSource Load(
        IClipSource clips, MemoryClipOptions? options = null, IProgress<MemoryClipProgress>? progress = null) =>
        MemoryClipSource.Load(clips, options, progress, TestContext.Current.CancellationToken);

    private sealed class Collect(ConcurrentBag<MemoryClipProgress> seen) : IProgress<MemoryClipProgress>
    {
        public void Report(MemoryClipProgress value) => seen.Add(value);
    }
}
