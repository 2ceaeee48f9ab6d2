using Vsr.Video;

namespace Vsr.Data.Tests;

/// <summary>What batches and readers of any kind get from production: here ones that hold and read nothing.</summary>
public class BatchProducerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_thread_begins_once_before_its_first_sample_and_ends_once()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        Reader reader = new(Plan(clips));
        LoaderCore<Batch> core = Core(reader);
        for (int i = 0; i < 30; i++)
        {
            IReadOnlyList<SampleInfo> samples = core.Deliver(core.Return, Cancellation);
            Assert.Equal([4L * i, 4L * i + 1, 4L * i + 2, 4L * i + 3], samples.Select(sample => sample.Epoch * 42 + sample.Position));
        }

        core.Dispose();
        Assert.Equal(3, reader.Work.Count);
        Assert.All(reader.Work, work => Assert.True(work.Begun <= 1 && work.Ended == 1));
        Assert.Contains(reader.Work, work => work.Begun == 1);
        Assert.True(reader.IsDisposed);
    }

    [Fact]
    public void A_thread_that_cannot_begin_is_an_error_and_tried_again_after_a_restore()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        Reader reader = new(Plan(clips)) { Refusing = true };
        using LoaderCore<Batch> core = Core(reader);
        Assert.Equal("no device", Assert.Throws<VsrException>(() => core.Deliver(core.Return, Cancellation)).Message);
        reader.Refusing = false;
        core.Restore(core.State);
        Assert.Equal(4, core.Deliver(core.Return, Cancellation).Count);
    }

    [Fact]
    public void A_batch_that_cannot_be_handed_over_comes_again()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using LoaderCore<Batch> core = Core(new Reader(Plan(clips)));
        core.Deliver(core.Return, Cancellation);
        Assert.Throws<InvalidOperationException>(() => core.Deliver(_ => throw new InvalidOperationException(), Cancellation));
        Assert.Equal(4, core.State.Position);
        Assert.Equal([4L, 5, 6, 7], core.Deliver(core.Return, Cancellation).Select(sample => sample.Position));
    }

    [Fact]
    public void A_buffer_that_is_kept_is_not_filled_again_before_it_is_given_back()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        Reader reader = new(Plan(clips));
        using LoaderCore<Batch> core = Core(reader);
        Batch? kept = null;
        core.Deliver(batch => kept = batch, Cancellation);
        SampleInfo?[] samples = [.. kept!.Samples];
        for (int i = 0; i < 10; i++)
        {
            core.Deliver(core.Return, Cancellation);
        }

        Assert.Equal(samples, kept.Samples);
        core.Return(kept);
        Assert.True(SpinWait.SpinUntil(() => kept.Samples[0] != samples[0], 60_000));
    }

    [Fact]
    public void Keeping_every_batch_is_an_error_after_the_deadline_and_ends_when_one_is_given_back()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using LoaderCore<Batch> core = Core(new Reader(Plan(clips, TimeSpan.FromSeconds(2))));
        List<Batch> kept = [];
        for (int i = 0; i < 3; i++)
        {
            core.Deliver(kept.Add, Cancellation);
        }

        VsrException thrown = Assert.Throws<VsrException>(() => core.Deliver(kept.Add, Cancellation));
        Assert.Contains("all 3 batches of the loader are held", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("dispose", thrown.Hint, StringComparison.Ordinal);
        core.Return(kept[1]);
        Assert.Equal([12L, 13, 14, 15], core.Deliver(core.Return, Cancellation).Select(sample => sample.Position));
    }

    [Fact]
    public void A_batch_that_comes_back_while_the_consumer_waits_is_filled()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using LoaderCore<Batch> core = Core(new Reader(Plan(clips)));
        List<Batch> kept = [];
        for (int i = 0; i < 3; i++)
        {
            core.Deliver(kept.Add, Cancellation);
        }

        Thread giver = new(() =>
        {
            Thread.Sleep(100);
            core.Return(kept[0]);
        });
        giver.Start();
        Assert.Equal(4, core.Deliver(core.Return, Cancellation).Count);
        giver.Join();
    }

    [Fact]
    public void A_device_that_fails_is_an_error_and_no_file_s_fault()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        Reader reader = new(Plan(clips)) { Failure = new VsrException("clip0: NVDEC fails", new NvdecTimeoutException("stuck")) };
        using LoaderCore<Batch> core = Core(reader);
        Assert.Equal("clip0: NVDEC fails", Assert.Throws<VsrException>(() => core.Deliver(core.Return, Cancellation)).Message);
        Assert.Empty(core.Warnings);
        reader.Failure = null;
        core.Restore(core.State);
        Assert.All(core.Deliver(core.Return, Cancellation), sample => Assert.False(sample.IsReplacement));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(16, 2)]
    [InlineData(16, 9)]
    public void Batches_come_in_order_however_few_threads_are_woken(int threads, int buffers)
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        LoaderPlan plan = new(clips, LoaderTestRun.Augmented with { Threads = threads });
        using LoaderCore<Batch> core = new(
            plan, new Reader(plan), [.. Enumerable.Range(0, buffers).Select(_ => new Batch())], TimeProvider.System);
        for (int i = 0; i < 3000; i++)
        {
            if (i % 7 == 0)
            {
                core.Restore(core.State);
            }

            IReadOnlyList<SampleInfo> samples = core.Deliver(core.Return, Cancellation);
            Assert.Equal(4L * i, samples[0].Epoch * 42 + samples[0].Position);
        }
    }

    private static LoaderPlan Plan(IClipSource clips, TimeSpan? deadline = null) =>
        new(clips, LoaderTestRun.Augmented with { Threads = 3, PrefetchBatches = 2, Deadline = deadline ?? TimeSpan.FromSeconds(60) });

    private static LoaderCore<Batch> Core(Reader reader) =>
        new(reader.Plan, reader, [new Batch(), new Batch(), new Batch()], TimeProvider.System);

    private sealed class Batch() : LoaderBatch(4)
    {
        public override void Dispose()
        {
        }
    }

    private sealed class Work(Reader reader) : SampleWork
    {
        public int Begun { get; private set; }

        public int Ended { get; private set; }

        public override void BeginThread()
        {
            if (reader.Refusing)
            {
                throw new VsrException("no device");
            }

            Begun++;
        }

        public override void Dispose()
        {
            Ended++;
            base.Dispose();
        }
    }

    private sealed class Reader(LoaderPlan plan) : SampleReader<Batch>(plan.Source, plan.Planner)
    {
        public LoaderPlan Plan => plan;

        public List<Work> Work { get; } = [];

        public bool Refusing { get; set; }

        public Exception? Failure { get; set; }

        public bool IsDisposed { get; private set; }

        public override SampleWork NewWork()
        {
            Work work = new(this);
            Work.Add(work);
            return work;
        }

        public override void Dispose() => IsDisposed = true;

        protected override void Fill(Batch batch, int index, in SamplePlan plan, SampleWork work)
        {
            Assert.Equal(1, ((Work)work).Begun);
            if (Failure is { } failure)
            {
                throw failure;
            }
        }
    }
}
