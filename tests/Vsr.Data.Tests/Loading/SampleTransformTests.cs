using CsCheck;
using Vsr.Video;

namespace Vsr.Data.Tests;

public class SampleTransformTests
{
    [Fact]
    public void Every_combination_moves_each_pixel_where_the_definition_says() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[0, 15], Gen.Int[1, 3], Gen.Bool).Sample((width, height, transforms, frames, isLuma) =>
        {
            int channels = isLuma ? 1 : 3;
            SamplePlan plan = new(0, 0, PixelRect.Whole(width, height), (transforms & 1) != 0, (transforms & 2) != 0,
                (transforms & 4) != 0, (transforms & 8) != 0);
            byte[] source = new byte[frames * channels * width * height];
            new Random(transforms).NextBytes(source);
            byte[] actual = new byte[source.Length];
            SampleTransform.Apply(source, actual, frames, channels, plan);

            (int outWidth, int outHeight) = plan.Transpose ? (height, width) : (width, height);
            int i = 0;
            for (int frame = 0; frame < frames; frame++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    for (int y = 0; y < outHeight; y++)
                    {
                        for (int x = 0; x < outWidth; x++)
                        {
                            int from = plan.ReverseTime ? frames - 1 - frame : frame;
                            (int row, int column) = (plan.FlipVertical ? outHeight - 1 - y : y, plan.FlipHorizontal ? outWidth - 1 - x : x);
                            (row, column) = plan.Transpose ? (column, row) : (row, column);
                            Assert.Equal(source[((from * channels + channel) * height + row) * width + column], actual[i++]);
                        }
                    }
                }
            }
        }, iter: 150);
}
