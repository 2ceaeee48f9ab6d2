using System.Text.Json.Nodes;
using Vsr.Training.Tasks;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Tasks;

public class LoaderBatchesTests
{
    public LoaderBatchesTests() => OneThread.Ensure();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SequencesAreNeighbouringFramesOfOneClip(int frames)
    {
        using CountingClips clips = new(2, 12, 20);
        using LoaderBatches batches = new(clips, 5, VideoDecoderKind.Software, CPU);

        for (int i = 0; i < 10; i++)
        {
            byte[] numbers = FrameNumbers(batches, 2, frames);
            foreach (byte[] sequence in numbers.Chunk(frames))
            {
                Assert.All(sequence.Zip(sequence.Skip(1)), pair => Assert.Equal(sequence[1] - sequence[0], pair.Second - pair.First));
                Assert.Equal(1, Math.Abs(sequence[1] - sequence[0]));
            }
        }
    }

    [Fact]
    public void ARestoredSourceGoesOnWithTheSameBatches()
    {
        using CountingClips clips = new(2, 12, 20);
        using LoaderBatches first = new(clips, 5, VideoDecoderKind.Software, CPU);
        FrameNumbers(first, 2, 3);
        JsonObject state = (JsonObject)JsonNode.Parse(first.Save().ToJsonString())!;
        byte[][] expected = [FrameNumbers(first, 2, 3), FrameNumbers(first, 1, 5), FrameNumbers(first, 1, 5)];

        using LoaderBatches second = new(clips, 5, VideoDecoderKind.Software, CPU);
        second.Restore(state);

        Assert.Equal(expected, [FrameNumbers(second, 2, 3), FrameNumbers(second, 1, 5), FrameNumbers(second, 1, 5)]);
    }

    [Theory]
    [InlineData(11, 0.75, null)]
    [InlineData(12, 0.75, "late-unroll 12 needs a clip of 13 frames; the longest (clip 0) has 12")]
    [InlineData(12, 0, "late-unroll 12 needs a clip of 13 frames; the longest (clip 0) has 12")]
    [InlineData(12, 1, null)]
    public void ClipsTooShortForTheLatePartAreRefusedBeforeTheEarlyOne(int lateUnroll, double lateFrom, string? expected)
    {
        using CountingClips clips = new(2, 12, 20);
        TrainingOptions options = new TrainingOptions
        {
            Network = "recurrent",
            Unroll = 3,
            LateUnroll = lateUnroll,
            LateFrom = lateFrom,
            Crop = 16,
        }.Resolve(onGpu: false);

        VsrException? failure = (VsrException?)Record.Exception(() => LoaderBatches.RequireFit(clips, options));

        Assert.Equal(expected, failure?.Message);
    }

    [Fact]
    public void TheEarlyPartMattersOnlyWhereThereIsOne()
    {
        using CountingClips clips = new(2, 12, 20);
        TrainingOptions options = new TrainingOptions { Network = "recurrent", Unroll = 20, LateUnroll = 3, Crop = 16 }.Resolve(onGpu: false);

        Assert.Throws<VsrException>(() => LoaderBatches.RequireFit(clips, options));
        LoaderBatches.RequireFit(clips, options with { LateFrom = 0 });
    }

    private static byte[] FrameNumbers(LoaderBatches batches, int count, int frames)
    {
        using var scope = NewDisposeScope();
        Tensor input = zeros([count, frames, 3, 16, 16], ScalarType.Byte);
        batches.Fill(input);
        return input.select(4, 0).select(3, 0).select(2, 0).contiguous().flatten().data<byte>().ToArray();
    }
}
