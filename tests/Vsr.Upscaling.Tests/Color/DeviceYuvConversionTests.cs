using System.Runtime.InteropServices;
using Vsr.Tests;
using Vsr.Upscaling.Color;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Tests.Color;

/// <summary>Planes made by tensor operations equal those of the plain conversion in Vsr.Video.</summary>
public class DeviceYuvConversionTests
{
    public DeviceYuvConversionTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData("yuv420p", "bt709", "tv", "left", 64, 48)]
    [InlineData("yuv420p", "smpte170m", "pc", "center", 64, 48)]
    [InlineData("yuv420p", "bt709", "tv", "topleft", 37, 21)]
    [InlineData("yuv420p", "bt709", "tv", "bottom", 37, 21)]
    [InlineData("yuv422p", "bt2020nc", "tv", null, 33, 20)]
    [InlineData("yuv444p", null, null, null, 30, 20)]
    [InlineData("yuv420p10le", "bt709", "tv", "left", 64, 48)]
    [InlineData("yuv422p12le", "bt709", "pc", "left", 35, 19)]
    [InlineData("yuv444p16le", "bt709", "pc", "left", 16, 16)]
    [InlineData("gbrp", null, null, null, 17, 9)]
    [InlineData("gbrp10le", null, null, null, 17, 9)]
    [InlineData("gray", null, null, null, 17, 9)]
    public void EqualsThePlainConversion(string format, string? matrix, string? range, string? siting, int width, int height)
    {
        PictureLayout layout = PictureLayouts.Of(format);
        ColorDescription color = new(matrix, range, null, null, siting);
        ushort[] rgb = new ushort[3 * width * height];
        new Random(5).NextBytes(MemoryMarshal.AsBytes(rgb.AsSpan()));
        byte[] expected = PlainPlanes(rgb, width, height, layout, color);

        using Tensor sr = tensor(rgb.Select(value => value / 65535f).ToArray(), [1, 3, height, width]);
        using Tensor planes = new DeviceYuvConversion(layout, color, height).Convert(sr);
        byte[] actual = planes.bytes.ToArray();

        Assert.Equal(DeviceYuvConversion.ByteCount(layout, width, height), actual.Length);
        int[] difference = Difference(expected, actual, layout.BitDepth);
        Assert.InRange(difference.Max(), 0, 1);
        Assert.True(difference.Count(value => value != 0) <= difference.Length / 500, $"{difference.Count(v => v != 0)} differ");
    }

    private static byte[] PlainPlanes(ushort[] rgb, int width, int height, PictureLayout layout, ColorDescription color)
    {
        byte[] tight = new byte[DeviceYuvConversion.ByteCount(layout, width, height)];
        int parts = layout.Components.Count;
        int[] strides = new int[3];
        int[] starts = new int[4];
        for (int plane = 0; plane < parts; plane++)
        {
            int part = Enumerable.Range(0, parts).First(index => layout.Components[index].Plane == plane);
            strides[plane] = layout.ComponentWidth(part, width) * layout.Components[part].Step;
            starts[plane + 1] = starts[plane] + (strides[plane] * layout.ComponentHeight(part, height));
        }

        Span<byte> Plane(int plane) => plane < parts ? tight.AsSpan(starts[plane]..starts[plane + 1]) : default;
        YuvConversion.Convert<ushort>(rgb, width, height, layout, color,
            new PictureBuffers(Plane(0), strides[0], Plane(1), strides[1], Plane(2), strides[2]));
        return tight;
    }

    private static int[] Difference(byte[] a, byte[] b, int depth) => depth == 8
        ? [.. a.Zip(b, (x, y) => Math.Abs(x - y))]
        : [.. MemoryMarshal.Cast<byte, ushort>(a).ToArray().Zip(MemoryMarshal.Cast<byte, ushort>(b).ToArray(), (x, y) => Math.Abs(x - y))];
}
