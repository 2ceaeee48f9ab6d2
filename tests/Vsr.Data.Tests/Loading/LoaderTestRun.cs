using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

/// <summary>Makes loaders on the CPU and checks their batches against the formula of <see cref="NumberedClips"/>.</summary>
internal static class LoaderTestRun
{
    public static readonly SequenceLoaderOptions Augmented = new()
    {
        BatchSize = 4,
        CropWidth = 8,
        CropHeight = 8,
        FlipHorizontal = true,
        FlipVertical = true,
        Transpose = true,
        ReverseTime = true,
        Type = SampleType.UInt8,
        Threads = 2,
    };

    public static NumberedClips Clips() => new((11, 16, 12), (2, 9, 9), (7, 20, 9), (30, 8, 8));

    public static VideoSequenceLoader Loader(IClipSource clips, SequenceLoaderOptions options)
    {
        TorchTestBackend.Ensure();
        return new VideoSequenceLoader(clips, options, CPU);
    }

    /// <summary>Takes batches of bytes; each with its samples.</summary>
    public static List<(byte[] Bytes, IReadOnlyList<SampleInfo> Samples)> Take(ISequenceLoader loader, int batches)
    {
        List<(byte[], IReadOnlyList<SampleInfo>)> taken = [];
        using Tensor bytes = empty([.. loader.BatchShape], ScalarType.Byte);
        for (int i = 0; i < batches; i++)
        {
            IReadOnlyList<SampleInfo> samples = loader.NextInto(bytes, TestContext.Current.CancellationToken);
            taken.Add((bytes.bytes.ToArray(), samples));
        }

        return taken;
    }

    /// <summary>Asserts that each sample's pixels are those of the frames, crop and transforms it names.</summary>
    public static void AssertPixels(SequenceLoaderOptions options, byte[] batch, IReadOnlyList<SampleInfo> samples)
    {
        int i = 0;
        foreach (SampleInfo sample in samples)
        {
            int clip = int.Parse(Path.GetFileNameWithoutExtension(sample.Clip)["clip".Length..]);
            foreach (int frame in sample.Frames)
            {
                for (int pixel = 0; pixel < 3 * options.CropHeight * options.CropWidth; pixel++)
                {
                    (int row, int x) = Math.DivRem(pixel, options.CropWidth!.Value);
                    (int channel, int y) = Math.DivRem(row, options.CropHeight!.Value);
                    x = sample.FlipHorizontal ? options.CropWidth.Value - 1 - x : x;
                    y = sample.FlipVertical ? options.CropHeight.Value - 1 - y : y;
                    (x, y) = sample.Transpose ? (y, x) : (x, y);
                    byte expected = NumberedClips.Pixel(clip, frame, channel, sample.Crop.Y + y, sample.Crop.X + x);
                    Assert.Equal(expected, batch[i++]);
                }
            }
        }

        Assert.Equal(batch.Length, i);
    }
}
