using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

/// <summary>All that loaders have to do, on the GPU; and that it delivers what the software loader delivers.</summary>
[Trait("Category", "Gpu")]
public sealed class NvdecCodedLoaderTests(CodedFiles files) : CodedLoaderTests(files)
{
    private readonly CodedFiles _files = files;
    private readonly Device _device = RequireNvdec(); // skips before files are written

    [Theory]
    [InlineData(SampleType.Float32, SampleColor.Rgb, 0)]
    [InlineData(SampleType.UInt8, SampleColor.Rgb, 0)]
    [InlineData(SampleType.Float32, SampleColor.YCbCr, 0)]
    [InlineData(SampleType.Float32, SampleColor.Rgb, 64)]
    public void Batches_equal_those_of_software_within_a_level(SampleType type, SampleColor color, int cacheMib)
    {
        Device device = RequireNvdec();
        SequenceLoaderOptions options = new()
        {
            BatchSize = 3,
            CropWidth = 96,
            CropHeight = 80,
            FlipHorizontal = true,
            FlipVertical = true,
            Transpose = true,
            ReverseTime = true,
            Type = type,
            Color = color,
            Seed = 11,
            CacheBytes = (long)cacheMib << 20,
        };
        using VideoClipSource source = VideoClipSource.Open(_files.Paths, cancellation: Cancellation);
        using ISequenceLoader gpu = Create(source, options);
        using VideoSequenceLoader software = new(source, options with { CacheBytes = 0 }, CPU);
        for (int i = 0; i < 120; i++)
        {
            using SequenceBatch found = gpu.Next(Cancellation);
            using SequenceBatch expected = software.Next(Cancellation);
            using Tensor difference = (found.Frames.cpu().to(ScalarType.Float32) - expected.Frames.to(ScalarType.Float32)).abs_();
            float level = type == SampleType.UInt8 ? 1 : 1 / 255f;
            float largest = difference.max().item<float>() / level;
            Assert.Equal(expected.Samples.Select(sample => (sample.Clip, sample.Frames[0], sample.Crop)),
                found.Samples.Select(sample => (sample.Clip, sample.Frames[0], sample.Crop)));
            Assert.True(largest <= 1.001f, $"batch {i}: {largest} levels apart; samples "
                + string.Join("; ", found.Samples.Select(sample => $"{Path.GetFileName(sample.Clip)} {string.Join(' ', sample.Frames)} "
                + $"{sample.Crop} h{sample.FlipHorizontal} v{sample.FlipVertical} t{sample.Transpose}")));
        }
    }

    [Fact]
    public void A_batch_that_is_held_is_not_written_again_and_outlives_its_loader()
    {
        RequireNvdec();
        SequenceLoaderOptions options = new() { BatchSize = 2, CropWidth = 96, CropHeight = 80 };
        using VideoClipSource source = VideoClipSource.Open(_files.Paths, cancellation: Cancellation);
        ISequenceLoader loader = Create(source, options);
        SequenceBatch held = loader.Next(Cancellation);
        CodedBatch before = CodedBatch.Of(held, options);
        CodedBatch.Take(loader, options, 60).ForEach(batch => batch.AssertIsWhatItSays());
        Assert.True(before.Levels.SequenceEqual(CodedBatch.Of(held, options).Levels));
        loader.Dispose();
        CodedBatch after = CodedBatch.Of(held, options);
        after.AssertIsWhatItSays();
        Assert.True(before.Levels.SequenceEqual(after.Levels));
        held.Dispose();
    }

    [Fact]
    public void A_slow_device_reads_each_batch_before_it_is_written_again()
    {
        Device device = RequireNvdec();
        SequenceLoaderOptions options = new() { BatchSize = 2, CropWidth = 96, CropHeight = 80, PrefetchBatches = 1, Threads = 2 };
        using VideoClipSource source = VideoClipSource.Open(_files.Paths, cancellation: Cancellation);
        using ISequenceLoader loader = Create(source, options);
        using Tensor work = rand([4096, 4096], device: device);
        List<(Tensor Copy, IReadOnlyList<SampleInfo> Samples)> seen = [];
        for (int i = 0; i < 40; i++)
        {
            using SequenceBatch batch = loader.Next(Cancellation);
            for (int step = 0; step < 10; step++)
            {
                work.matmul(work).Dispose();                 // the copy below waits for it, the host does not
            }

            seen.Add((batch.Frames.clone(), batch.Samples));
        }

        foreach ((Tensor copy, IReadOnlyList<SampleInfo> samples) in seen)
        {
            using SequenceBatch again = new(copy, samples);
            CodedBatch.Of(again, options).AssertIsWhatItSays();
        }
    }

    [Fact]
    public void Two_loaders_in_one_process_beside_other_work_show_what_they_say()
    {
        Device device = RequireNvdec();
        SequenceLoaderOptions options = new() { BatchSize = 2, CropWidth = 96, CropHeight = 80, Threads = 4 };
        using VideoClipSource source = VideoClipSource.Open(_files.Paths, cancellation: Cancellation);
        List<Exception> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(seed => new Thread(() =>
        {
            try
            {
                using Tensor work = rand([2048, 2048], device: device);
                using ISequenceLoader loader = Create(source, options with { Seed = (ulong)seed });
                for (int i = 0; i < 60; i++)
                {
                    work.matmul(work).Dispose();
                    CodedBatch.Take(loader, options, 1)[0].AssertIsWhatItSays();
                }
            }
            catch (Exception failure)
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
    }

    [Theory]
    [InlineData(96)]
    [InlineData(200)]
    public void The_cache_keeps_its_bound_with_ten_thousand_files_of_mixed_sizes(int mib)
    {
        Device device = RequireNvdec();
        using TemporaryFolder folder = new();
        using VideoClipSource few = VideoClipSource.Open(_files.Paths, cancellation: Cancellation);
        using LinkedClips source = new(few, folder.Path, 10_000);
        SequenceLoaderOptions options = new()
        {
            BatchSize = 4,
            CropWidth = 96,
            CropHeight = 80,
            Threads = 4,
            CacheBytes = (long)mib << 20,
        };
        using NvdecSequenceLoader loader = new(source, options, device);
        for (int i = 0; i < 60; i++)
        {
            CodedBatch.Take(loader, options, 1)[0].AssertIsWhatItSays();
            Assert.InRange(loader.CachedBytes, 0, options.CacheBytes);
        }

        Assert.True(loader.CachedBytes > 0);
    }

    [Fact]
    public void Batches_are_taken_and_given_back_on_threads_that_used_no_gpu_yet()
    {
        RequireNvdec();
        SequenceLoaderOptions options = new() { BatchSize = 2, CropWidth = 96, CropHeight = 80, PrefetchBatches = 1, Threads = 2 };
        using VideoClipSource source = VideoClipSource.Open(_files.Paths, cancellation: Cancellation);
        using ISequenceLoader loader = Create(source, options);
        for (int i = 0; i < 12; i++)
        {
            SequenceBatch? batch = null;
            OnNewThread(() => batch = loader.Next(Cancellation));
            CodedBatch.Of(batch!, options).AssertIsWhatItSays();
            OnNewThread(batch!.Dispose);
        }
    }

    [Fact]
    public void Disposing_gives_the_device_memory_back()
    {
        Device device = RequireNvdec();
        SequenceLoaderOptions options = new() { BatchSize = 2, CropWidth = 96, CropHeight = 80, Threads = 4, CacheBytes = 256 << 20 };
        using VideoClipSource source = VideoClipSource.Open(_files.Paths, cancellation: Cancellation);
        List<long> used = [];
        for (int round = 0; round < 4; round++)
        {
            using (ISequenceLoader loader = Create(source, options))
            {
                CodedBatch.Take(loader, options, 20);
            }

            used.Add(Vsr.Torch.DeviceMemory.Query(device)!.Value.UsedBytes);
        }

        Assert.True(used[^1] - used[0] < 32 << 20, $"bytes in use after each round: {string.Join(" ", used)}");
    }

    protected override ISequenceLoader Create(IClipSource source, SequenceLoaderOptions options) =>
        new NvdecSequenceLoader(source, options, _device);

    private static void OnNewThread(Action action)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static Device RequireNvdec()
    {
        Device device = TorchTestBackend.RequireCuda();
        if (GpuContext.Problem(0) is { } problem)
        {
            Assert.Skip(problem);
        }

        return device;
    }
}
