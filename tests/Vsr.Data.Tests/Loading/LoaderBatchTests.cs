using TorchSharp;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

public class LoaderBatchTests
{
    private static readonly SequenceLoaderOptions Floats = LoaderTestRun.Augmented with { Type = SampleType.Float32 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Floats_are_the_bytes_divided_by_255()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, Floats);
        using VideoSequenceLoader ofBytes = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented);
        using SequenceBatch batch = loader.Next(Cancellation);
        Assert.Equal(ScalarType.Float32, batch.Frames.dtype);
        Assert.Equal([4L, 3, 3, 8, 8], batch.Frames.shape);
        Assert.Equal([4L, 3, 3, 8, 8], loader.BatchShape);
        byte[] bytes = LoaderTestRun.Take(ofBytes, 1)[0].Bytes;
        Assert.Equal(bytes.Select(value => value / 255f), batch.Frames.data<float>().ToArray());
        Assert.Equal(4, batch.Samples.Count);
    }

    [Theory]
    [InlineData(SampleType.UInt8, BatchLayout.ChannelsFirst)]
    [InlineData(SampleType.Float32, BatchLayout.FramesFirst)]
    [InlineData(SampleType.Float16, BatchLayout.ChannelsFirst)]
    public void A_batch_put_into_a_tensor_is_the_one_that_is_given(SampleType type, BatchLayout layout)
    {
        float scale = type == SampleType.UInt8 ? 1 : 3;
        SequenceLoaderOptions options = Floats with { Type = type, Layout = layout, Frames = 5, Scale = scale, Offset = scale - 1 };
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader given = LoaderTestRun.Loader(clips, options);
        using VideoSequenceLoader put = LoaderTestRun.Loader(clips, options);
        using SequenceBatch batch = given.Next(Cancellation);
        using Tensor destination = zeros([.. put.BatchShape], batch.Frames.dtype);
        put.NextInto(destination, Cancellation);
        using Tensor same = destination.eq(batch.Frames).all();
        Assert.True(same.item<bool>());
    }

    [Fact]
    public void A_batch_outlives_later_ones_and_any_scope()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, Floats with { PrefetchBatches = 1 });
        SequenceBatch first;
        float[] values;
        using (NewDisposeScope())
        {
            first = loader.Next(Cancellation);
            values = first.Frames.data<float>().ToArray();
        }

        for (int i = 0; i < 6; i++)
        {
            loader.Next(Cancellation).Dispose();
        }

        Assert.Equal(values, first.Frames.data<float>().ToArray());
        first.Dispose();
    }

    [Fact]
    public void Tensors_do_not_accumulate()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, Floats);
        using Tensor destination = empty([.. loader.BatchShape]);
        long before = Live();
        for (int i = 0; i < 20; i++)
        {
            loader.Next(Cancellation).Dispose();
            loader.NextInto(destination, Cancellation);
        }

        Assert.Equal(before, Live());
        static long Live() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
    }

    [Fact]
    public void A_destination_that_does_not_fit_is_refused_with_what_would()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using VideoSequenceLoader loader = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented);
        using Tensor floats = empty([4, 3, 3, 8, 8]);
        using Tensor small = empty([4, 3, 3, 8, 7], ScalarType.Byte);
        Assert.Contains("Byte [4, 3, 3, 8, 8]",
            Assert.Throws<ArgumentException>(() => loader.NextInto(floats, Cancellation)).Message);
        using VideoSequenceLoader ofFloats = LoaderTestRun.Loader(clips, Floats with { Layout = BatchLayout.ChannelsFirst, Frames = 5 });
        Assert.Contains("Float32 [4, 3, 5, 8, 8]",
            Assert.Throws<ArgumentException>(() => ofFloats.NextInto(small, Cancellation)).Message);
        Assert.Throws<ArgumentException>(() => loader.NextInto(small, Cancellation));
        Assert.Equal(0, loader.State.Position);
    }

    [Fact]
    public void Options_outside_their_range_say_value_and_limit()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        Throws(LoaderTestRun.Augmented with { BatchSize = 0 }, "BatchSize is 0");
        Throws(LoaderTestRun.Augmented with { Frames = 4 }, "4 frames");
        Throws(LoaderTestRun.Augmented with { CropHeight = null }, "CropHeight");
        Throws(LoaderTestRun.Augmented with { Shard = 2, ShardCount = 2 }, "shard 2 of 2");
        Throws(LoaderTestRun.Augmented with { Deadline = TimeSpan.Zero }, "deadline");
        Throws(Floats with { Type = (SampleType)9 }, "Float32, Float16, BFloat16, UInt8");
        Throws(Floats with { Scale = float.NaN }, "Scale is NaN");
        Throws(Floats with { Offset = float.PositiveInfinity }, "Offset");
        Throws(LoaderTestRun.Augmented with { Scale = 2 }, "bytes");
        void Throws(SequenceLoaderOptions options, string part) => Assert.Contains(
            part, Assert.ThrowsAny<ArgumentException>(() => LoaderTestRun.Loader(clips, options)).Message);
    }

    [Fact]
    public void Windows_that_do_not_fill_a_batch_are_refused()
    {
        using NumberedClips clips = new((5, 8, 8));
        Assert.Contains("3 windows", Assert.Throws<VsrException>(() => LoaderTestRun.Loader(
            clips, LoaderTestRun.Augmented with { EpochEnd = EpochEnd.Drop })).Message);
        using VideoSequenceLoader goesOn = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented);
        Assert.Equal([0L, 0, 0, 1], LoaderTestRun.Take(goesOn, 1)[0].Samples.Select(sample => sample.Epoch));
        using VideoSequenceLoader padded = LoaderTestRun.Loader(clips, LoaderTestRun.Augmented with { EpochEnd = EpochEnd.Pad });
        Assert.Equal([false, false, false, true], LoaderTestRun.Take(padded, 1)[0].Samples.Select(sample => sample.IsPadding));
    }
}
