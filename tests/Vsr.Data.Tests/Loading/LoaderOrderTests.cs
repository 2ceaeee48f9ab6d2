using CsCheck;
using Vsr.Video;

namespace Vsr.Data.Tests;

public class LoaderOrderTests
{
    // (11 - 2) + 0 + (7 - 2) + (30 - 2)
    private const int Windows = 42;

    [Fact]
    public void Every_sample_holds_the_pixels_it_names_and_every_window_comes_once_an_epoch()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { BatchSize = 3 });
        Assert.Equal(Windows, loader.TotalWindows);
        Assert.Equal(Windows, loader.WindowsPerEpoch);
        List<string> previous = [];
        for (int epoch = 0; epoch < 3; epoch++)
        {
            List<string> windows = [];
            foreach ((byte[] bytes, IReadOnlyList<SampleInfo> samples) in LoaderTestRun.Take(loader, Windows / 3))
            {
                LoaderTestRun.AssertPixels(LoaderTestRun.Augmented, bytes, samples);
                Assert.All(samples, sample => Assert.Equal(epoch, sample.Epoch));
                windows.AddRange(samples.Select(Window));
            }

            Assert.Equal(Windows, windows.Distinct().Count());
            Assert.NotEqual(previous, windows);
            previous = windows;
        }
    }

    [Fact]
    public void Shards_divide_the_windows_of_an_epoch()
    {
        List<string> all = [];
        for (int shard = 0; shard < 4; shard++)
        {
            using NumberedClips clips = LoaderTestRun.Clips();
            using VideoSequenceLoader loader = LoaderTestRun.Loader(
                clips, LoaderTestRun.Augmented with { BatchSize = 1, Shard = shard, ShardCount = 4 });
            all.AddRange(LoaderTestRun.Take(loader, (int)loader.WindowsPerEpoch).SelectMany(batch => batch.Samples).Select(Window));
        }

        Assert.Equal(Windows, all.Count);
        Assert.Equal(Windows, all.Distinct().Count());
    }

    [Fact]
    public void A_sample_is_the_same_however_the_epoch_is_sharded()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader whole = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { BatchSize = 1 });
        using VideoSequenceLoader second = LoaderTestRun.Loader(
            clips, LoaderTestRun.Augmented with { BatchSize = 1, Shard = 1, ShardCount = 2 });
        List<(byte[] Bytes, IReadOnlyList<SampleInfo>)> every = LoaderTestRun.Take(whole, 12);
        List<(byte[] Bytes, IReadOnlyList<SampleInfo>)> odd = LoaderTestRun.Take(second, 6);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(every[2 * i + 1].Bytes, odd[i].Bytes);
        }
    }

    [Theory]
    [InlineData(EpochEnd.Continue)]
    [InlineData(EpochEnd.Drop)]
    [InlineData(EpochEnd.Pad)]
    public void One_thread_and_four_deliver_the_same_bytes(EpochEnd end)
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        SequenceLoaderOptions options = LoaderTestRun.Augmented with { EpochEnd = end };
        using VideoSequenceLoader one = LoaderTestRun.Loader(clips, options with { Threads = 1 });
        using NumberedClips uneven = new([.. clips.Clips.Select(clip => (clip.FrameCount, clip.Width, clip.Height))])
        {
            BeforeRead = (clip, frame) => Thread.Sleep((clip + frame) % 3), // threads overtake each other
        };
        using VideoSequenceLoader four = LoaderTestRun.Loader(uneven, options with { Threads = 4, PrefetchBatches = 5, MaxOpenClips = 1 });
        foreach ((var expected, var actual) in LoaderTestRun.Take(one, 25).Zip(LoaderTestRun.Take(four, 25)))
        {
            Assert.Equal(expected.Bytes, actual.Bytes);
        }
    }

    [Fact]
    public void Batches_after_a_restore_equal_the_uninterrupted_ones()
    {
        const int total = 30;
        using NumberedClips clips = LoaderTestRun.Clips();
        SequenceLoaderOptions options = LoaderTestRun.Augmented with { Seed = 77 };
        List<LoaderState> states = [];
        List<byte[]> expected = [];
        using (VideoSequenceLoader loader = LoaderTestRun.Loader(clips, options))
        {
            for (int i = 0; i < total; i++)
            {
                states.Add(loader.State);
                expected.Add(LoaderTestRun.Take(loader, 1)[0].Bytes);
            }
        }

        Gen.Select(Gen.Int[0, total - 2], Gen.Int[1, 4], Gen.Int[0, 3]).Sample((at, threads, before) =>
        {
            using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, options with { Threads = threads, Seed = 1 });
            LoaderTestRun.Take(loader, before); // a restore in mid-flight is as good as one at the start
            loader.Restore(states[at]);
            Assert.Equal(states[at], loader.State);
            foreach ((byte[] bytes, int i) in LoaderTestRun.Take(loader, Math.Min(4, total - at)).Select((batch, i) => (batch.Bytes, i)))
            {
                Assert.Equal(expected[at + i], bytes);
            }
        }, iter: 30, threads: 1);
    }

    [Fact]
    public void States_count_this_shards_samples()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { BatchSize = 5, Seed = 9 });
        Assert.Equal(new LoaderState(9, 0, 0), loader.State);
        LoaderTestRun.Take(loader, 8);
        Assert.Equal(new LoaderState(9, 0, 40), loader.State);
        IReadOnlyList<SampleInfo> samples = LoaderTestRun.Take(loader, 1)[0].Samples;
        Assert.Equal([0L, 0, 1, 1, 1], samples.Select(sample => sample.Epoch));
        Assert.Equal([40L, 41, 0, 1, 2], samples.Select(sample => sample.Position));
        Assert.Equal(new LoaderState(9, 1, 3), loader.State);
        loader.Restore(new LoaderState(9, 4, Windows)); // the end of an epoch is the beginning of the next
        Assert.Equal(new LoaderState(9, 5, 0), loader.State);
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Restore(new LoaderState(9, 0, Windows + 1)));
    }

    [Fact]
    public void Unshuffled_windows_come_in_the_order_of_files_and_frames()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader loader = LoaderTestRun.Loader(
            clips, LoaderTestRun.Augmented with { Shuffle = false, ReverseTime = false, BatchSize = 1 });
        string[] expected = [.. Enumerable.Range(0, 9).Select(i => $"clip0 {i}"), .. Enumerable.Range(0, 3).Select(i => $"clip2 {i}")];
        Assert.Equal(expected, LoaderTestRun.Take(loader, 12).Select(batch => Window(batch.Samples[0])));
    }

    [Fact]
    public void Memory_gives_the_same_batches_as_files()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using MemoryClipSource memory = MemoryClipSource.Load(clips, cancellation: TestContext.Current.CancellationToken);
        using VideoSequenceLoader fromFiles = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented);
        using VideoSequenceLoader fromMemory = LoaderTestRun.Loader(memory, LoaderTestRun.Augmented);
        Assert.Equal(LoaderTestRun.Take(fromFiles, 5).Select(batch => batch.Bytes), LoaderTestRun.Take(fromMemory, 5).Select(batch => batch.Bytes));
    }

    [Fact]
    public void Frames_in_memory_are_rgb_and_luma_is_refused()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using MemoryClipSource memory = MemoryClipSource.Load(clips, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains("Luma", Assert.Throws<VsrException>(
            () => LoaderTestRun.Loader(memory, LoaderTestRun.Augmented with { Color = SampleColor.Luma })).Message);
    }

    private static string Window(SampleInfo sample) => $"{sample.Clip} {sample.Frames.Min()}";
}
