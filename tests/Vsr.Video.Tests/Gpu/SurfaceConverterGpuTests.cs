using System.Globalization;
using System.Text;
using Vsr.Tests;

namespace Vsr.Video.Tests.Gpu;

/// <summary>The kernel on a GPU against the C# conversion.</summary>
[Trait("Category", "Gpu")]
public sealed class SurfaceConverterGpuTests : IDisposable
{
    private const int Cases = 600;
    private readonly ITestOutputHelper _output;
    private readonly TestGpu _gpu = TestGpu.Require();
    private readonly TemporaryFolder _cache = new();
    private readonly SurfaceConverter _converter;

    public SurfaceConverterGpuTests(ITestOutputHelper output)
    {
        _output = output;
        _converter = new SurfaceConverter(0, TestGpu.CompilerFolders, _cache.Path);
    }

    public static TheoryData<string> Formats => [.. ConversionCase.Formats.Select(pair => $"{pair.Format} {pair.BitDepth}")];

    public void Dispose()
    {
        _gpu.Wait();
        _converter.Dispose();
        _gpu.Dispose();
        _cache.Dispose();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_range_matrix_and_siting_gives_the_software_conversion(string name)
    {
        string[] words = name.Split(' ');
        SurfaceFormat format = Enum.Parse<SurfaceFormat>(words[0]);
        TestSurface surface = new(format, int.Parse(words[1], CultureInfo.InvariantCulture), 53, 31, new Random(name.Length));
        using DeviceBuffer input = _gpu.Allocate(surface.Bytes.Length);
        input.Upload(surface.Bytes);
        StringBuilder failures = new();
        (double largestBytes, double largestFloats, long unequal, long total) = (0, 0, 0, 0);
        foreach (SampleColor channels in Enum.GetValues<SampleColor>())
        {
            foreach (ColorDescription color in Colors())
            {
                double levels = Compare(surface, input, color, channels, SampleType.UInt8, ref unequal, ref total);
                double floats = Compare(surface, input, color, channels, SampleType.Float32, ref unequal, ref total);
                largestBytes = Math.Max(largestBytes, levels);
                largestFloats = Math.Max(largestFloats, floats);
                if (levels > 1 || floats > 1e-5)
                {
                    failures.AppendLine(CultureInfo.InvariantCulture,
                        $"{channels}, matrix {color.Matrix ?? "-"}, range {color.Range ?? "-"}, siting {color.ChromaLocation ?? "-"}: "
                        + $"uint8 {levels} levels, float32 {floats:g3}");
                }
            }
        }

        _output.WriteLine($"{name}: largest difference uint8 {largestBytes} levels, float32 {largestFloats:g3}; "
            + $"{unequal} of {total} samples not equal to the bit");
        Assert.True(failures.Length == 0, failures.ToString());
        Assert.True(unequal == 0, $"within tolerance (uint8 {largestBytes}, float32 {largestFloats:g3}), but {unequal} of {total} "
            + "samples are not equal to the bit: are multiplications and additions fused?");
    }

    [Fact]
    public void Types_crops_flips_and_strides_are_exact_and_everything_else_stays_untouched()
    {
        List<string> failures = [];
        using DeviceBuffer output = _gpu.Allocate(600_000);
        for (int seed = 0; seed < Cases; seed++)
        {
            ConversionCase test = ConversionCase.Random(seed);
            ExpectedTensor expected = new(test.Conversion, test.FirstElement, test.Elements, test.Surface);
            using DeviceBuffer input = _gpu.Allocate(test.Surface.Bytes.Length);
            input.Upload(test.Surface.Bytes);
            output.Fill(ExpectedTensor.Untouched);
            nint place = output.Pointer + (nint)(test.FirstElement * test.Conversion.ElementBytes);
            _converter.Convert(test.Surface.At(input.Pointer), test.Conversion with { Output = place }, _gpu.Stream);
            byte[] all = output.Download();
            string? difference = expected.Difference(all.AsSpan(0, expected.Bytes.Length));
            if (difference is not null)
            {
                failures.Add($"case {seed} ({test.Surface.Layout.Name}, {test.Surface.Width}x{test.Surface.Height}): {difference}");
            }
            else if (all.AsSpan(expected.Bytes.Length).ContainsAnyExcept(ExpectedTensor.Untouched))
            {
                failures.Add($"case {seed}: bytes beyond the batch were written; {test.Conversion}");
            }
        }

        _output.WriteLine($"{Cases} cases, {_converter.Compilations} kernels compiled, {failures.Count} failures");
        Assert.True(failures.Count == 0, $"{failures.Count} of {Cases}:\n{string.Join('\n', failures.Take(12))}");
    }

    [Fact]
    public void Offsets_beyond_32_bits_reach_their_place()
    {
        const long stride = 3_000_000_011;
        long free = Interop.Cuda.CudaDriver.Instance.Memory()?.FreeBytes ?? 0;
        Assert.SkipWhen(free < (3 * stride), $"needs {3 * stride >> 20} MiB of free device memory, there are {free >> 20}");
        TestSurface surface = new(SurfaceFormat.Nv12, 8, 40, 30, new Random(5));
        PixelRect crop = new(3, 5, 33, 21);
        using DeviceBuffer input = _gpu.Allocate(surface.Bytes.Length);
        using DeviceBuffer output = _gpu.Allocate((2 * stride) + (33 * 21));
        input.Upload(surface.Bytes);
        _converter.Convert(surface.At(input.Pointer), Tight(crop, SampleColor.Rgb, SampleType.UInt8, output.Pointer) with
        {
            ChannelStride = stride,
        }, _gpu.Stream);
        byte[] expected = surface.ToBytes(ColorDescription.Unknown, SampleColor.Rgb, crop);
        for (int channel = 0; channel < 3; channel++)
        {
            byte[] plane = output.Download(channel * stride, crop.Width * crop.Height);
            Assert.Equal(expected.AsSpan(channel * plane.Length, plane.Length).ToArray(), plane);
        }
    }

    [Fact]
    public void Many_threads_share_one_converter_each_on_a_stream_of_its_own()
    {
        const int threads = 8;
        string?[] failures = new string?[threads];
        int done = 0;
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            failures[index] = ConvertMany(index);
            Interlocked.Increment(ref done);
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        Assert.Equal(threads, done);
        Assert.All(failures, Assert.Null);
    }

    private string? ConvertMany(int index)
    {
        try
        {
            using TestGpu gpu = TestGpu.Require();
            using DeviceBuffer input = gpu.Allocate(200_000);
            using DeviceBuffer output = gpu.Allocate(600_000);
            for (int i = 0; i < 40; i++)
            {
                ConversionCase test = ConversionCase.Random(10_000 + (100 * index) + i);
                ExpectedTensor expected = new(test.Conversion, test.FirstElement, test.Elements, test.Surface);
                input.Upload(test.Surface.Bytes);
                output.Fill(ExpectedTensor.Untouched);
                nint place = output.Pointer + (nint)(test.FirstElement * test.Conversion.ElementBytes);
                _converter.Convert(test.Surface.At(input.Pointer), test.Conversion with { Output = place }, gpu.Stream);
                if (expected.Difference(output.Download(0, expected.Bytes.Length)) is { } difference)
                {
                    return $"thread {index}, case {i}: {difference}";
                }
            }

            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return $"thread {index}: {failure}";
        }
    }

    // The largest difference; counts what is not equal to the bit.
    private double Compare(TestSurface surface, DeviceBuffer input, ColorDescription color, SampleColor channels, SampleType type,
        ref long unequal, ref long total)
    {
        PixelRect crop = new(1, 1, surface.Width - 1, surface.Height - 1);
        int samples = RgbConversion.ChannelCount(channels) * crop.Width * crop.Height;
        using DeviceBuffer output = _gpu.Allocate(samples * (type == SampleType.UInt8 ? 1 : 4));
        _converter.Convert(surface.At(input.Pointer), Tight(crop, channels, type, output.Pointer) with { Color = color }, _gpu.Stream);
        byte[] bytes = output.Download();
        total += samples;
        double largest = 0;
        byte[] expectedBytes = type == SampleType.UInt8 ? surface.ToBytes(color, channels, crop) : [];
        float[] expectedFloats = type == SampleType.UInt8 ? [] : surface.ToFloats(color, channels, crop);
        for (int i = 0; i < samples; i++)
        {
            double difference = type == SampleType.UInt8
                ? Math.Abs(bytes[i] - expectedBytes[i])
                : Math.Abs(BitConverter.ToSingle(bytes, 4 * i) - expectedFloats[i]);
            unequal += difference == 0 ? 0 : 1;
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    private static SurfaceConversion Tight(PixelRect crop, SampleColor channels, SampleType type, nint output) => new()
    {
        Crop = crop,
        Channels = channels,
        Type = type,
        Output = output,
        ChannelStride = crop.Width * crop.Height,
        RowStride = crop.Width,
        ColumnStride = 1,
    };

    private static IEnumerable<ColorDescription> Colors() =>
        from matrix in ConversionCase.Matrices
        from range in ConversionCase.Ranges
        from siting in ConversionCase.Sitings
        select new ColorDescription(matrix, range, null, null, siting);
}
