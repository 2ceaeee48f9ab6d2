using TorchSharp;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

/// <summary>One delivered batch, brought to the host as levels of 0..255 whatever its type, layout and scale.</summary>
internal sealed class CodedBatch
{
    private readonly SequenceLoaderOptions _options;
    private readonly float[] _levels; // [N, T, C, H, W]
    private readonly long[] _shape;

    private CodedBatch(SequenceLoaderOptions options, float[] levels, long[] shape, IReadOnlyList<SampleInfo> samples)
    {
        _options = options;
        _levels = levels;
        _shape = shape;
        Samples = samples;
    }

    public IReadOnlyList<SampleInfo> Samples { get; }

    public ReadOnlySpan<float> Levels => _levels;

    /// <summary>Takes a loader's next batches.</summary>
    public static List<CodedBatch> Take(ISequenceLoader loader, SequenceLoaderOptions options, long count)
    {
        List<CodedBatch> taken = [];
        for (long i = 0; i < count; i++)
        {
            using SequenceBatch batch = loader.Next(TestContext.Current.CancellationToken);
            taken.Add(Of(batch, options));
        }

        return taken;
    }

    public static CodedBatch Of(SequenceBatch batch, SequenceLoaderOptions options)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = batch.Frames.to(ScalarType.Float32).cpu();
        values = options.Type == SampleType.UInt8 ? values : (values - options.Offset) / options.Scale * 255;
        values = options.Layout == BatchLayout.FramesFirst ? values : values.permute(0, 2, 1, 3, 4);
        return new CodedBatch(options, values.contiguous().data<float>().ToArray(), values.shape, batch.Samples);
    }

    /// <summary>Asserts that all samples show the frames of the file that they name, in the place that crop and flips say.</summary>
    public void AssertIsWhatItSays()
    {
        Assert.Equal(_shape[0], Samples.Count);
        for (int n = 0; n < Samples.Count; n++)
        {
            SampleInfo sample = Samples[n];
            int file = CodedFiles.FileOf(sample.Clip);
            Assert.Equal(_options.Frames, sample.Frames.Count);
            Assert.Equal(_options.Frames, sample.Timestamps.Count);
            for (int t = 0; t < sample.Frames.Count; t++)
            {
                Assert.Equal(CodedFiles.Milliseconds(file, sample.Frames[t]) / 1000.0, sample.Timestamps[t], 0.0006);
                AssertFrame(n, t, sample, file);
            }
        }
    }

    private void AssertFrame(int n, int t, SampleInfo sample, int file)
    {
        int tiles = 0;
        PixelRect crop = sample.Crop;
        for (int row = (crop.Y + CodedPicture.Tile - 1) / CodedPicture.Tile; (row + 1) * CodedPicture.Tile <= crop.Y + crop.Height; row++)
        {
            for (int column = (crop.X + CodedPicture.Tile - 1) / CodedPicture.Tile;
                (column + 1) * CodedPicture.Tile <= crop.X + crop.Width; column++)
            {
                tiles++;
                var seen = CodedPicture.Read(column, row, (x, y) => Level(n, t, sample, x - crop.X, y - crop.Y));
                Assert.True(seen == (file, sample.Frames[t]), $"sample {n}, frame {t} of {sample.Clip}: tile ({column}, {row}) of "
                    + $"crop {crop}, flips {sample.FlipHorizontal} {sample.FlipVertical} transposed {sample.Transpose}, shows file and frame "
                    + $"{seen?.ToString() ?? "that cannot be read"}; named are frames {string.Join(" ", sample.Frames)}");
            }
        }

        Assert.True(tiles > 0);
    }

    // x and y as in the crop before transposition and flips
    private float Level(int n, int t, SampleInfo sample, int x, int y)
    {
        (long width, long height) = (_shape[4], _shape[3]);
        (long across, long down) = sample.Transpose ? (y, x) : (x, y);
        across = sample.FlipHorizontal ? width - 1 - across : across;
        down = sample.FlipVertical ? height - 1 - down : down;
        return _levels[((n * _shape[1] + t) * _shape[2] * height + down) * width + across];
    }
}
