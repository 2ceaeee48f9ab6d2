using TorchSharp;
using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

[Trait("Category", "Gpu")]
public class LoaderGpuTests
{
    private static readonly SequenceLoaderOptions Large = LoaderTestRun.Augmented with { BatchSize = 8, CropWidth = 128, CropHeight = 128 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Batches_on_the_gpu_equal_those_on_the_cpu()
    {
        Device device = TorchTestBackend.RequireCuda();
        using NumberedClips clips = Clips();
        using VideoSequenceLoader onGpu = new(clips, Large with { Type = SampleType.Float32 }, device);
        using VideoSequenceLoader onCpu = new(clips, Large with { Type = SampleType.Float32 }, CPU);
        for (int i = 0; i < 10; i++)
        {
            using SequenceBatch actual = onGpu.Next(Cancellation);
            using SequenceBatch expected = onCpu.Next(Cancellation);
            using Tensor host = actual.Frames.cpu();
            Assert.Equal(DeviceType.CUDA, actual.Frames.device_type);
            // CUDA divides by a constant by multiplying with its reciprocal: the last bit may differ
            Assert.InRange((host - expected.Frames).abs().max().item<float>(), 0, 1.2e-7f);
        }
    }

    [Fact]
    public void A_host_that_runs_ahead_of_the_device_overwrites_no_batch_under_way()
    {
        Device device = TorchTestBackend.RequireCuda();
        using NumberedClips clips = Clips();
        const int batches = 30;
        List<byte[]> expected = [];
        using (VideoSequenceLoader onCpu = new(clips, Large, CPU))
        {
            expected.AddRange(LoaderTestRun.Take(onCpu, batches).Select(batch => batch.Bytes));
        }

        using VideoSequenceLoader loader = new(clips, Large with { PrefetchBatches = 1 }, device);
        using Tensor input = empty([.. loader.BatchShape], ScalarType.Byte, device);
        using Tensor work = rand([2048, 2048], device: device);
        List<Tensor> seen = [];
        for (int i = 0; i < batches; i++)
        {
            for (int step = 0; step < 20; step++)
            {
                work.matmul(work).Dispose(); // keeps the device behind the host
            }

            loader.NextInto(input, Cancellation);
            seen.Add(input.clone());
        }

        for (int i = 0; i < batches; i++)
        {
            using Tensor host = seen[i].cpu();
            Assert.True(host.bytes.SequenceEqual(expected[i]));
            seen[i].Dispose();
        }
    }

    private static NumberedClips Clips() => new((30, 160, 128), (20, 128, 140));
}
