using System.Diagnostics;

namespace Vsr.Data.Tests;

public class LoaderFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_file_that_fails_costs_one_warning_and_its_samples_are_replaced_the_same_way_each_time()
    {
        using NumberedClips clips = FailingAt((clip, _) => clip == 2, new VsrException("damaged"));
        List<byte[]>[] runs = new List<byte[]>[2];
        for (int run = 0; run < 2; run++)
        {
            using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { Threads = 1 + 3 * run });
            var batches = LoaderTestRun.Take(loader, 21); // two epochs of 42
            SampleInfo[] samples = [.. batches.SelectMany(batch => batch.Samples)];
            Assert.Equal(10, samples.Count(sample => sample.IsReplacement)); // five windows an epoch
            Assert.DoesNotContain(samples, sample => sample.Clip == "clip2");
            Assert.All(batches, batch => LoaderTestRun.AssertPixels(LoaderTestRun.Augmented, batch.Bytes, batch.Samples));
            string warning = Assert.Single(loader.Warnings);
            Assert.Contains("clip2", warning);
            Assert.Contains("damaged", warning);
            runs[run] = [.. batches.Select(batch => batch.Bytes)];
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public void Damage_in_part_of_a_file_leaves_its_other_windows()
    {
        using NumberedClips clips = FailingAt((clip, frame) => clip == 3 && frame > 20, new IOException("read error"));
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { BatchSize = 2 });
        SampleInfo[] samples = [.. LoaderTestRun.Take(loader, 21).SelectMany(batch => batch.Samples)];
        Assert.Equal(7, samples.Count(sample => sample.IsReplacement));
        Assert.Equal(21, samples.Count(sample => sample.Clip == "clip3" && !sample.IsReplacement));
    }

    [Fact]
    public void When_everything_fails_the_loader_says_so()
    {
        using NumberedClips clips = FailingAt((_, _) => true, new VsrException("no disk"));
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented);
        Assert.Contains("no disk", Assert.Throws<VsrException>(() => loader.Next(Cancellation)).Message);
        Assert.Throws<VsrException>(() => loader.Next(Cancellation));
    }

    [Fact]
    public void A_defect_is_not_taken_for_a_damaged_file()
    {
        using NumberedClips clips = FailingAt((clip, _) => clip == 0, new InvalidOperationException("defect"));
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented);
        Assert.Throws<InvalidOperationException>(() => LoaderTestRun.Take(loader, 11));
    }

    [Fact]
    public void A_stuck_reader_becomes_an_error_that_names_the_file()
    {
        using ManualResetEventSlim release = new();
        using NumberedClips clips = new((30, 8, 8))
        {
            BeforeRead = (_, frame) =>
            {
                if (frame == 5)
                {
                    release.Wait();
                }
            },
        };
        VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { Deadline = TimeSpan.FromSeconds(0.3) });
        Stopwatch watch = Stopwatch.StartNew();
        VsrException thrown = Assert.Throws<VsrException>(() => LoaderTestRun.Take(loader, 7));
        Assert.Contains("clip0", thrown.Message);
        Assert.Contains("0.3 s", thrown.Message);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.25, 10);
        release.Set();
        loader.Dispose();
    }

    [Fact]
    public void Cancelling_ends_the_waiting_and_loses_nothing()
    {
        using ManualResetEventSlim release = new();
        using NumberedClips clips = new((30, 8, 8)) { BeforeRead = (_, _) => release.Wait() };
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented);
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() => loader.Next(source.Token));
        Assert.Equal(0, loader.State.Position);
        release.Set();
        Assert.Equal([0L, 1, 2, 3], LoaderTestRun.Take(loader, 1)[0].Samples.Select(sample => sample.Position));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Disposing_in_mid_epoch_leaves_no_thread_and_no_open_file(int batches)
    {
        Assert.True(SpinWait.SpinUntil(() => LoaderThreads.Count == 0, 60_000)); // those of the test before
        using NumberedClips clips = LoaderTestRun.Clips();
        VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { Threads = 3, PrefetchBatches = 3 });
        LoaderTestRun.Take(loader, batches);
        Assert.Equal(batches == 0 ? 0 : 3, LoaderThreads.Count);
        loader.Dispose();
        loader.Dispose();
        Assert.True(SpinWait.SpinUntil(() => LoaderThreads.Count == 0, 60_000)); // the kernel forgets an ended thread a little later
        Assert.Equal(0, clips.OpenReaders);
        Assert.Throws<ObjectDisposedException>(() => loader.Next(Cancellation));
    }

    [Fact]
    public void Few_files_are_open_at_a_time()
    {
        using NumberedClips clips = new([.. Enumerable.Repeat((3, 8, 8), 300)]);
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { Threads = 2, MaxOpenClips = 5 });
        LoaderTestRun.Take(loader, 75);
        Assert.InRange(clips.MostOpenReaders, 1, 5 + 2 + 2); // idle, lent, and being closed
    }

    private static NumberedClips FailingAt(Func<int, int, bool> where, Exception failure)
    {
        using NumberedClips like = LoaderTestRun.Clips();
        return new([.. like.Clips.Select(clip => (clip.FrameCount, clip.Width, clip.Height))])
        {
            BeforeRead = (clip, frame) =>
            {
                if (where(clip, frame))
                {
                    throw failure;
                }
            },
        };
    }
}
