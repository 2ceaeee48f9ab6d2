using Vsr.Interop.Cuda;
using Vsr.Tests;
using Vsr.Video.Tests.Reading;
using Vsr.Video.Tests.Soak;

namespace Vsr.Video.Tests.Gpu;

/// <summary>What reading on the GPU leaves in the device's memory, which other tests at the same time would change.</summary>
[Trait("Category", "Gpu")]
[Collection(RunsAlone.Name)]
public sealed class NvdecMemoryTests(ITestOutputHelper output)
{
    [Fact]
    public void A_failing_consumer_and_a_reader_disposed_early_leave_the_pool_usable_and_no_memory_behind()
    {
        using GpuTestContext outer = new();
        using TemporaryFolder folder = new();
        string path = WriterClip.Make(folder, "clip.mp4", "libx264", "yuv420p", "", 640, 480);
        string[] expected;
        using (FrameReader software = new(path, new FrameReaderOptions { CacheIndex = false }))
        {
            expected = FrameMd5.InRandomOrder(software, seed: 2);
        }

        long before = 0;
        for (int round = 0; round < 4; round++)
        {
            using (GpuTestContext gpu = new(decoders: 2))
            {
                using NvdecClip clip = new(path, gpu.Reader());
                NvdecDecoder decoder = gpu.Pool.Rent(clip);
                int calls = 0;
                InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => NvdecReading.Read(
                    clip, decoder, [1, 2, 3, 9, 20], (int frame, in DeviceSurface surface, nint stream) =>
                    {
                        calls++;
                        if (calls == 2)
                        {
                            throw new InvalidOperationException($"at frame {frame}");
                        }
                    }));
                Assert.StartsWith("at frame", thrown.Message, StringComparison.Ordinal);
                Assert.Equal(2, calls);
                gpu.Pool.Return(decoder);
                using WindowReader windows = new(gpu.Pool, clip);
                Assert.Empty(windows.Check(expected, seed: 5, count: 10));
                FrameReader reader = new(path, gpu.Reader());
                reader.GetFrame(30).Dispose();
                reader.Dispose();
                Assert.Equal(1, gpu.Pool.Created);
            }

            outer.Context.MakeCurrent();
            long free = CudaDriver.Instance.Memory()!.Value.FreeBytes;
            output.WriteLine($"round {round}: {free >> 20} MiB free");
            before = round == 1 ? free : before;
            Assert.True(round < 2 || before - free < 8 << 20, $"{(before - free) >> 20} MiB are gone after round {round}");
        }
    }
}
