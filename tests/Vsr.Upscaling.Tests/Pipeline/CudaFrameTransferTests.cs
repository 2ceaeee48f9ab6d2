using Vsr.Tests;
using Vsr.Upscaling.Color;
using Vsr.Upscaling.Pipeline;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Tests.Pipeline;

/// <summary>Frames through a GPU, with copies in flight, are the CPU's frames.</summary>
[Trait("Category", "Gpu")]
public class CudaFrameTransferTests
{
    private const int Width = 96;
    private const int Height = 54;
    private const int Frames = 40;

    [Theory]
    [InlineData("yuv420p", 1)]
    [InlineData("yuv420p", 3)]
    [InlineData("yuv420p10le", 3)]
    public void TheGpuGivesTheCpusFrames(string format, int queued)
    {
        Device device = TorchTestBackend.RequireCuda();
        List<byte[]> expected = Run(format, new CpuFrameTransfer(), queued, out _);
        List<byte[]> actual = Run(format, new CudaFrameTransfer(device, queued + 2), queued, out double seconds);

        Assert.Equal(Frames, actual.Count);
        Assert.True(seconds > 0);
        for (int i = 0; i < Frames; i++)
        {
            int differing = expected[i].Zip(actual[i], (a, b) => a == b ? 0 : 1).Sum();
            Assert.True(differing <= expected[i].Length / 500, $"frame {i}: {differing} of {expected[i].Length} bytes differ");
        }
    }

    [Fact]
    public void CancellationInFlightEndsCleanly()
    {
        Device device = TorchTestBackend.RequireCuda();
        using CancellationTokenSource stop = new();
        using CudaFrameTransfer transfer = new(device, 2);
        using RepeatingUpscaler network = new(2);

        Assert.Throws<OperationCanceledException>(() => Create("yuv420p", network, transfer, 1).Run(
            Picture, (index, _) => StopAt(index), stop.Token));

        void StopAt(int index)
        {
            if (index == 5)
            {
                stop.Cancel();
            }
        }
    }

    private static List<byte[]> Run(string format, IFrameTransfer transfer, int queued, out double seconds)
    {
        List<byte[]> frames = [];
        using RepeatingUpscaler network = new(2);
        using (transfer)
        {
            Create(format, network, transfer, queued).Run(
                index => index < Frames ? Picture(index) : null,
                (_, planes) => frames.Add(planes.ToArray()),
                TestContext.Current.CancellationToken);
            seconds = transfer.Clock.TotalSeconds;
        }

        return frames;
    }

    private static UpscalePipeline Create(string format, RepeatingUpscaler network, IFrameTransfer transfer, int queued) => new(
        network,
        new DeviceYuvConversion(PictureLayouts.Of(format), new ColorDescription("bt709", "tv", null, null, "left"), 2 * Height),
        transfer, queued);

    private static Tensor Picture(int index)
    {
        Tensor picture = empty([3, Height, Width], ScalarType.Byte);
        new Random(index).NextBytes(picture.bytes);
        return picture;
    }
}
