using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

/// <summary>
/// What every loader has to do with video files, checked by what the pictures show. A class for each loader derives and makes it.
/// </summary>
public abstract class CodedLoaderTests(CodedFiles files) : IClassFixture<CodedFiles>
{
    private static readonly SequenceLoaderOptions Plain = new() { BatchSize = 4, CropWidth = 96, CropHeight = 80, Step = 2, Threads = 2 };

    private static readonly SequenceLoaderOptions Augmented = Plain with
    {
        FlipHorizontal = true,
        FlipVertical = true,
        Transpose = true,
        ReverseTime = true,
    };

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes the loader under test, or skips the test.</summary>
    protected abstract ISequenceLoader Create(IClipSource source, SequenceLoaderOptions options);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(5, false)]
    public void Samples_show_what_they_say_and_every_window_comes_once_an_epoch(int threads, bool augmented)
    {
        SequenceLoaderOptions options = (augmented ? Augmented : Plain) with { Threads = threads, PrefetchBatches = threads, Seed = 5 };
        using VideoClipSource source = Open();
        using ISequenceLoader loader = Create(source, options with { Stride = 2 });
        HashSet<string>[] epochs = [[], [], []];
        foreach (CodedBatch batch in CodedBatch.Take(loader, options, 2 * loader.WindowsPerEpoch / options.BatchSize))
        {
            batch.AssertIsWhatItSays();
            foreach (SampleInfo sample in batch.Samples)
            {
                Assert.True(epochs[sample.Epoch].Add(Window(sample)), $"{Window(sample)} comes twice");
            }
        }

        Assert.Equal(AllWindows(span: 5, step: 2), epochs[0]);
        Assert.InRange(epochs[1].Count, epochs[0].Count - options.BatchSize, epochs[0].Count);
        Assert.Empty(Failures(loader));
    }

    [Fact]
    public void The_shards_together_have_every_window_once()
    {
        List<string> windows = [];
        for (int shard = 0; shard < 3; shard++)
        {
            SequenceLoaderOptions options = Augmented with { BatchSize = 1, Shard = shard, ShardCount = 3 };
            using VideoClipSource source = Open();
            using ISequenceLoader loader = Create(source, options);
            foreach (CodedBatch batch in CodedBatch.Take(loader, options, loader.WindowsPerEpoch))
            {
                batch.AssertIsWhatItSays();
                windows.AddRange(batch.Samples.Select(Window));
            }
        }

        Assert.Equal(windows.Count, windows.Distinct().Count());
        Assert.Equal(AllWindows(span: 3, step: 2), [.. windows]);
    }

    [Fact]
    public void A_restart_from_a_state_goes_on_with_the_same_batches()
    {
        using VideoClipSource source = Open();
        using ISequenceLoader first = Create(source, Augmented);
        CodedBatch.Take(first, Augmented, 20);
        LoaderState state = first.State;
        List<CodedBatch> expected = CodedBatch.Take(first, Augmented, 8); // into the next epoch

        using ISequenceLoader second = Create(source, Augmented with { Seed = 99, Threads = 5 });
        CodedBatch.Take(second, Augmented, 2);
        second.Restore(state);
        List<CodedBatch> actual = CodedBatch.Take(second, Augmented, 8);
        foreach ((CodedBatch before, CodedBatch after) in expected.Zip(actual))
        {
            after.AssertIsWhatItSays();
            Assert.Equal(before.Samples.Select(Window), after.Samples.Select(Window));
            Assert.Equal(before.Samples.Select(sample => sample.Crop), after.Samples.Select(sample => sample.Crop));
            Assert.True(before.Levels.SequenceEqual(after.Levels));
        }
    }

    [Fact]
    public void A_list_gives_labels_ranges_and_padded_sequences()
    {
        using TemporaryFolder folder = new();
        string list = folder.File("list.txt");
        File.WriteAllLines(list, [$"{files.Paths[5]} 50 30 -5", $"{files.Paths[1]} -7", $"{files.Paths[5]} 51 1 4", $"{files.Paths[6]} 60"]);
        SequenceLoaderOptions options = Augmented with { BatchSize = 1, Frames = 5, Step = 5, PadSequences = true, ReverseTime = false };
        using ClipRangeSource source = ClipList.Read(list, ClipRangeUnit.Frames).Open(cancellation: Cancellation);
        using ISequenceLoader loader = Create(source, options);
        List<string> windows = [];
        foreach (CodedBatch batch in CodedBatch.Take(loader, options, loader.WindowsPerEpoch))
        {
            batch.AssertIsWhatItSays();
            SampleInfo sample = batch.Samples[0];
            windows.Add($"{sample.Label}: {string.Join(" ", sample.Frames)}");
        }

        string[] expected =
        [
            "50: 30 31 32 33 34", "50: 35 36 37 38 39", "51: 1 2 3 3 3", "60: 0 1 1 1 1",
            .. Enumerable.Range(0, 6).Select(i => $"-7: {string.Join(" ", Enumerable.Range(5 * i, 5))}"),
        ];
        Assert.Equal(expected.Order(), windows.Order());
    }

    [Theory]
    [InlineData(SampleType.UInt8, BatchLayout.FramesFirst, 1, 0)]
    [InlineData(SampleType.UInt8, BatchLayout.ChannelsFirst, 1, 0)]
    [InlineData(SampleType.Float32, BatchLayout.ChannelsFirst, 2, -1)]
    [InlineData(SampleType.Float16, BatchLayout.FramesFirst, 255, 0)]
    [InlineData(SampleType.BFloat16, BatchLayout.ChannelsFirst, 0.5f, 3)]
    public void Type_layout_and_scale_are_as_asked(SampleType type, BatchLayout layout, float scale, float offset)
    {
        SequenceLoaderOptions options = Augmented with { Frames = 5, Type = type, Layout = layout, Scale = scale, Offset = offset };
        using VideoClipSource source = Open();
        using ISequenceLoader loader = Create(source, options);
        using SequenceBatch batch = loader.Next(Cancellation);
        Assert.Equal(type == SampleType.UInt8 ? "Byte" : $"{type}", $"{batch.Frames.dtype}");
        Assert.Equal(layout == BatchLayout.FramesFirst ? [4L, 5, 3, 80, 96] : [4L, 3, 5, 80, 96], batch.Frames.shape);
        Assert.Equal(loader.BatchShape, batch.Frames.shape);
        Assert.True(batch.Frames.is_contiguous());
        CodedBatch.Of(batch, options).AssertIsWhatItSays();
    }

    [Theory]
    [InlineData(SampleColor.Luma, 1)]
    [InlineData(SampleColor.YCbCr, 3)]
    public void Luma_shows_the_frames_too(SampleColor color, int channels)
    {
        SequenceLoaderOptions options = Augmented with { Color = color };
        using VideoClipSource source = Open();
        using ISequenceLoader loader = Create(source, options);
        Assert.Equal([4L, 3, channels, 80, 96], loader.BatchShape);
        CodedBatch.Take(loader, options, 4).ForEach(batch => batch.AssertIsWhatItSays());
    }

    [Fact]
    public void A_file_that_is_damaged_after_it_was_listed_costs_one_warning_and_its_samples_are_replaced()
    {
        using TemporaryFolder folder = new();
        List<string> paths = [.. files.Paths.Select(path => folder.File(Path.GetFileName(path)))];
        foreach ((string from, string to) in files.Paths.Zip(paths))
        {
            File.Copy(from, to);
        }

        using VideoClipSource source = VideoClipSource.Open(paths, cancellation: Cancellation);
        File.WriteAllText(paths[2], "no video any more");
        SequenceLoaderOptions options = Augmented with { Threads = 3, BatchSize = 1 };
        using ISequenceLoader loader = Create(source, options);
        List<CodedBatch> batches = CodedBatch.Take(loader, options, loader.WindowsPerEpoch);
        batches.ForEach(batch => batch.AssertIsWhatItSays());
        Assert.Equal((CodedFiles.FrameCounts[2] - 3) / 2 + 1, batches.Count(batch => batch.Samples[0].IsReplacement));
        Assert.Contains(paths[2], Assert.Single(Failures(loader)));
    }

    [Fact]
    public void Ten_thousand_clips_need_few_handles_and_little_memory()
    {
        using TemporaryFolder folder = new();
        using VideoClipSource few = Open();
        using LinkedClips source = new(few, folder.Path, 10_000);
        SequenceLoaderOptions options = Augmented with { Step = 3, MaxOpenClips = 4, Threads = 2 };
        long before = GC.GetAllocatedBytesForCurrentThread();
        LoaderPlan plan = new(source, options);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        Assert.InRange(plan.TotalWindows, 90_000, 110_000);

        using ISequenceLoader loader = Create(source, options);
        CodedBatch.Take(loader, options, 1);
        int handles = Handles(); // a device's runtime has opened its own by now
        int most = 0;
        foreach (CodedBatch batch in CodedBatch.Take(loader, options, 25))
        {
            batch.AssertIsWhatItSays();
            most = Math.Max(most, Handles() - handles);
        }

        Assert.InRange(most, 0, 20); // of a hundred files: four idle, two in use, as many being closed
        Assert.Empty(Failures(loader));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Disposing_in_mid_epoch_leaves_no_thread(int batches)
    {
        using VideoClipSource source = Open();
        ISequenceLoader loader = Create(source, Augmented with { Threads = 3, PrefetchBatches = 3 });
        CodedBatch.Take(loader, Augmented, batches);
        loader.Dispose();
        loader.Dispose();
        Assert.True(SpinWait.SpinUntil(() => LoaderThreads.Count == 0, 60_000));
        Assert.Throws<ObjectDisposedException>(() => loader.Next(Cancellation));
    }

    private static HashSet<string> AllWindows(int span, int step) =>
        [.. CodedFiles.FrameCounts.SelectMany((count, file) => Enumerable.Range(0, count)
            .Where(first => first % step == 0 && first + span <= count).Select(first => $"{file} {first}"))];

    private static string Window(SampleInfo sample) => $"{CodedFiles.FileOf(sample.Clip)} {sample.Frames.Min()}";

    // What decodes a file is no failure.
    private static IEnumerable<string> Failures(ISequenceLoader loader) =>
        loader.Warnings.Where(line => !line.Contains(": decoded ", StringComparison.Ordinal));

    private static int Handles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private VideoClipSource Open() => VideoClipSource.Open(files.Paths, cancellation: Cancellation);
}
