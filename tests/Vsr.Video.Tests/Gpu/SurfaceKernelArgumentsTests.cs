using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vsr.Video.Tests.Gpu;

/// <summary>What the kernel is told, checked on any machine with its arithmetic written out in C#.</summary>
public class SurfaceKernelArgumentsTests
{
    [Fact]
    public unsafe void The_arguments_give_the_software_conversion_to_the_bit_and_touch_nothing_else()
    {
        for (int seed = 0; seed < 1500; seed++)
        {
            ConversionCase test = ConversionCase.Random(seed);
            ExpectedTensor expected = new(test.Conversion, test.FirstElement, test.Elements, test.Surface);
            byte[] batch = new byte[expected.Bytes.Length];
            Array.Fill(batch, ExpectedTensor.Untouched);
            fixed (byte* surfaceBytes = test.Surface.Bytes, output = batch)
            {
                DeviceSurface surface = test.Surface.At((nint)surfaceBytes);
                SurfaceConversion conversion = test.Conversion with
                {
                    Output = (nint)(output + (test.FirstElement * test.Conversion.ElementBytes)),
                };
                ColorTransform transform = ColorTransform.Of(test.Surface.Layout, conversion.Color.Matrix,
                    conversion.Color.Range, surface.Height, conversion.Channels);
                KernelVariant variant = KernelVariant.Of(surface.Format, conversion.Channels, conversion.Type, transform);
                PlainSurfaceKernel.Run(SurfaceKernelArguments.Of(surface, conversion, test.Surface.Layout, transform), variant);
            }

            string? difference = expected.Difference(batch);
            Assert.True(difference is null, $"case {seed}: {difference}");
        }
    }

    [Fact]
    public void The_structure_has_the_kernels_size_and_alignment()
    {
        // Seven 8-byte fields, ten ints, fourteen floats before scale, bias and padding: see struct Arguments in the .cu file.
        Assert.Equal(184, Unsafe.SizeOf<SurfaceKernelArguments>());
        Assert.Equal(56, (int)Marshal.OffsetOf<SurfaceKernelArguments>(nameof(SurfaceKernelArguments.Pitch)));
        Assert.Equal(96, (int)Marshal.OffsetOf<SurfaceKernelArguments>(nameof(SurfaceKernelArguments.EvenWeightX)));
        Assert.Equal(172, (int)Marshal.OffsetOf<SurfaceKernelArguments>(nameof(SurfaceKernelArguments.Scale)));
    }

    [Theory]
    [InlineData(960, 540, 30, 34)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(33, 17, 2, 2)]
    public void The_blocks_cover_the_crop(int fast, int slow, int blocksFast, int blocksSlow) =>
        Assert.Equal((blocksFast, blocksSlow), KernelVariant.Blocks(fast, slow));

    [Fact]
    public void Luma_of_a_stream_with_a_matrix_needs_no_chroma_and_that_of_gbr_does()
    {
        PictureLayout layout = SurfaceLayouts.Of(SurfaceFormat.Yuv444, 8);
        KernelVariant plain = KernelVariant.Of(SurfaceFormat.Yuv444, SampleColor.Luma, SampleType.UInt8,
            ColorTransform.Of(layout, "bt709", "tv", 720, SampleColor.Luma));
        KernelVariant colors = KernelVariant.Of(SurfaceFormat.Yuv444, SampleColor.Luma, SampleType.UInt8,
            ColorTransform.Of(layout, "gbr", "pc", 720, SampleColor.Luma));
        Assert.Equal((0, 1), (plain.Chroma, plain.Channels));
        Assert.Equal((2, 1), (colors.Chroma, colors.Channels));
    }

    [Fact]
    public void Surfaces_and_outputs_that_do_not_fit_are_misuse()
    {
        DeviceSurface surface = new(4096, 64, 48, 60, 47, SurfaceFormat.Nv12, 8);
        SurfaceConversion good = new()
        {
            Crop = new PixelRect(1, 1, 59, 46),
            Output = 8,
            ChannelStride = 60 * 47,
            RowStride = 60,
            ColumnStride = 1,
        };
        good.RequireFits(surface);
        Assert.Throws<ArgumentOutOfRangeException>(() => (good with { Crop = new PixelRect(2, 1, 59, 46) }).RequireFits(surface));
        Assert.Throws<ArgumentException>(() => (good with { Output = 0 }).RequireFits(surface));
        Assert.Throws<ArgumentException>(() => (good with { Output = 10 }).RequireFits(surface));
        Assert.Throws<ArgumentException>(() => good.RequireFits(surface with { PitchBytes = 58 }));
        Assert.Throws<ArgumentException>(() => good.RequireFits(surface with { PitchBytes = 65 }));
        Assert.Throws<ArgumentException>(() => good.RequireFits(surface with { Rows = 46 }));
        Assert.Throws<ArgumentException>(() => good.RequireFits(surface with { Pointer = 4097 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SurfaceLayouts.Of(SurfaceFormat.Nv12, 10));
    }
}
