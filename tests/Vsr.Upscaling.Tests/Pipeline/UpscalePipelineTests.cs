using Vsr.Models;
using Vsr.Tests;
using Vsr.Upscaling.Color;
using Vsr.Upscaling.Pipeline;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Tests.Pipeline;

/// <summary>Frames come out in order, all of them, with bounded queues; failures and cancellation end all threads.</summary>
public class UpscalePipelineTests
{
    private const int Width = 8;
    private const int Height = 6;

    public UpscalePipelineTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    public void WritesEveryFrameInOrder(int lookAhead, int queued)
    {
        List<(int Index, byte Value)> written = [];
        using RepeatingUpscaler upscaler = new(4, lookAhead);
        Create(upscaler, queued).Run(Pictures(5), (index, planes) =>
        {
            Assert.Equal(3 * 16 * Width * Height, planes.Length);
            Assert.Equal(0, planes[1..].IndexOfAnyExcept(planes[0]) + 1);
            written.Add((index, planes[0]));
        }, TestContext.Current.CancellationToken);

        Assert.Equal([(0, 0), (1, 10), (2, 20), (3, 30), (4, 40)], written);
    }

    /// <summary>The frames of two scenes in a file are those of each scene alone, around the cut too, with look-ahead and a state.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ASceneBeginsAsAClipDoes(int lookAhead)
    {
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = lookAhead });
        using (IDisposable noGrad = no_grad())
        {
            foreach (Tensor weight in network.parameters())
            {
                weight.copy_(rand_like(weight) - 0.5);
            }
        }

        using Tensor clip = randint(0, 256, [9, 3, Height, Width], ScalarType.Byte);

        List<byte[]> together = Run(0, 9, cut: 5);

        Assert.Equal([.. Run(0, 5, cut: -1), .. Run(5, 9, cut: -1)], together);
        Assert.NotEqual(Run(0, 9, cut: -1)[5], together[5]);

        List<byte[]> Run(int first, int end, int cut)
        {
            List<byte[]> frames = [];
            int last = -1;
            using IFrameUpscaler upscaler = network.CreateUpscaler();
            new UpscalePipeline(upscaler, Conversion(), new CpuFrameTransfer(), queuedFrames: 2) { BeginsScene = () => last == cut }
                .Run(index => (last = first + index) < end ? clip[last].clone() : null, (_, planes) => frames.Add(planes.ToArray()), TestContext.Current.CancellationToken);
            return frames;
        }
    }

    [Fact]
    public void TheDecoderDoesNotRunAhead()
    {
        int read = 0;
        int written = 0;
        int ahead = 0;
        using RepeatingUpscaler upscaler = new(2, lookAhead: 2);
        Create(upscaler, queuedFrames: 2).Run(
            index =>
            {
                ahead = Math.Max(ahead, Interlocked.Increment(ref read) - Volatile.Read(ref written));
                return Pictures(60)(index);
            },
            (_, _) =>
            {
                Thread.Sleep(1);
                Interlocked.Increment(ref written);
            },
            TestContext.Current.CancellationToken);

        Assert.InRange(ahead, 1, (2 * 2) + 2 + 4);                             // the queues, the look-ahead, one in each hand
    }

    [Theory]
    [InlineData("read")]
    [InlineData("push")]
    [InlineData("write")]
    public void AFailureInAnyThreadIsThrown(string where)
    {
        using RepeatingUpscaler upscaler = new(2) { OnPush = index => FailAt("push", index) };

        IOException failure = Assert.Throws<IOException>(() => Create(upscaler, 1).Run(
            index =>
            {
                FailAt("read", index);
                return Pictures(20)(index);
            },
            (index, _) => FailAt("write", index),
            TestContext.Current.CancellationToken));

        Assert.Equal(where, failure.Message);

        void FailAt(string stage, int index)
        {
            if (stage == where && index == 7)
            {
                throw new IOException(stage);
            }
        }
    }

    [Fact]
    public void CancellationEndsAllThreads()
    {
        using CancellationTokenSource source = new();
        using RepeatingUpscaler upscaler = new(2);
        int written = 0;

        Assert.Throws<OperationCanceledException>(() => Create(upscaler, 1).Run(
            Picture, (_, _) =>
            {
                if (++written == 5)
                {
                    source.Cancel();
                }
            }, source.Token));

        Assert.InRange(written, 5, 6);
    }

    [Fact]
    public void TheObserverSeesOneFrameBeforeAndAfter()
    {
        List<(float Lr, float Sr)> seen = [];
        using RepeatingUpscaler upscaler = new(2, lookAhead: 3);
        UpscalePipeline pipeline = new(upscaler, Conversion(), new CpuFrameTransfer(), 1)
        {
            ObservedFrame = 4,
            Observer = (lr, sr) => seen.Add((lr.mean().item<float>() * 255, sr.mean().item<float>() * 255)),
        };
        pipeline.Run(Pictures(6), (_, _) => { }, TestContext.Current.CancellationToken);

        (float before, float after) = Assert.Single(seen);
        Assert.Equal(40, before, 3);
        Assert.Equal(40, after, 3);
    }

    private static Func<int, Tensor?> Pictures(int count) => index => index < count ? Picture(index) : null;

    private static Tensor Picture(int index) => full([3, Height, Width], Math.Min(255, 10 * index), ScalarType.Byte);

    private static UpscalePipeline Create(RepeatingUpscaler upscaler, int queuedFrames) =>
        new(upscaler, Conversion(), new CpuFrameTransfer(), queuedFrames);

    private static DeviceYuvConversion Conversion() => new(
        PictureLayouts.Of("gbrp"), new ColorDescription(null, null, null, null, null), Height);
}
