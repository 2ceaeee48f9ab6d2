using Vsr.Interop.Cuda;
using Vsr.Tests;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Prints what a conversion costs on the GPU; the bound catches only a kernel gone badly wrong.</summary>
[Trait("Category", "Gpu")]
public sealed class SurfaceConverterSpeedTests(ITestOutputHelper output) : IDisposable
{
    private const int Launches = 200;
    private readonly TestGpu _gpu = TestGpu.Require();
    private readonly TemporaryFolder _cache = new();

    public void Dispose()
    {
        _gpu.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void A_crop_of_960x540_of_720p_takes_microseconds()
    {
        CudaDriver driver = CudaDriver.Instance;
        using SurfaceConverter converter = new(0, TestGpu.CompilerFolders, _cache.Path);
        TestSurface[] surfaces =
        [
            new(SurfaceFormat.Nv12, 8, 1280, 720, new Random(1)), new(SurfaceFormat.P016, 10, 1280, 720, new Random(1)),
            new(SurfaceFormat.Yuv444, 8, 1280, 720, new Random(1)),
        ];
        using DeviceBuffer target = _gpu.Allocate(4L * 3 * 960 * 540);
        nint start = driver.CreateEvent(timed: true);
        nint end = driver.CreateEvent(timed: true);
        List<double> times = [];
        foreach (TestSurface surface in surfaces)
        {
            using DeviceBuffer input = _gpu.Allocate(surface.Bytes.Length);
            input.Upload(surface.Bytes);
            foreach (SampleType type in Enum.GetValues<SampleType>())
            {
                foreach (bool transpose in new[] { false, true })
                {
                    double microseconds = Time(converter, surface.At(input.Pointer), type, transpose, target.Pointer, start, end);
                    output.WriteLine($"{surface.Layout.Name}, 960x540 to {type}{(transpose ? ", transposed" : "")}: {microseconds:0.00} us");
                    times.Add(microseconds);
                }
            }
        }

        driver.DestroyEvent(start);
        driver.DestroyEvent(end);
        output.WriteLine($"host: {HostTime(converter, target.Pointer):0.00} us a call");
        Assert.True(times.Max() < 200, $"{times.Max():0.0} us for one picture; see the list in the test's output");
    }

    // The mean of launches one after the other, the shortest of five rounds: the GPU's time where it exceeds the launch's.
    private double Time(SurfaceConverter converter, DeviceSurface surface, SampleType type, bool transpose, nint target, nint start, nint end)
    {
        SurfaceConversion conversion = Conversion(type, transpose, target);
        double shortest = double.MaxValue;
        for (int round = 0; round < 6; round++)
        {
            CudaDriver.Instance.RecordEvent(start, _gpu.Stream);
            for (int i = 0; i < Launches; i++)
            {
                converter.Convert(surface, conversion, _gpu.Stream);
            }

            CudaDriver.Instance.RecordEvent(end, _gpu.Stream);
            CudaDriver.Instance.SynchronizeEvent(end);
            double microseconds = 1000.0 * CudaDriver.Instance.ElapsedMilliseconds(start, end) / Launches;
            shortest = round == 0 ? shortest : Math.Min(shortest, microseconds);
        }

        return shortest;
    }

    // What the calling thread spends on a call: small pictures, so that the GPU keeps up.
    private double HostTime(SurfaceConverter converter, nint target)
    {
        TestSurface surface = new(SurfaceFormat.Nv12, 8, 64, 64, new Random(1));
        using DeviceBuffer input = _gpu.Allocate(surface.Bytes.Length);
        input.Upload(surface.Bytes);
        SurfaceConversion conversion = Conversion(SampleType.Float32, transpose: false, target) with { Crop = new PixelRect(0, 0, 64, 64) };
        double shortest = double.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long started = TimeProvider.System.GetTimestamp();
            for (int i = 0; i < Launches; i++)
            {
                converter.Convert(surface.At(input.Pointer), conversion, _gpu.Stream);
            }

            shortest = Math.Min(shortest, TimeProvider.System.GetElapsedTime(started).TotalMicroseconds / Launches);
            _gpu.Wait();
        }

        return shortest;
    }

    private static SurfaceConversion Conversion(SampleType type, bool transpose, nint target)
    {
        return new()
        {
            Crop = new PixelRect(161, 91, 960, 540),
            Color = new ColorDescription("bt709", "tv", null, null, "left"),
            Type = type,
            Transpose = transpose,
            FlipHorizontal = true,
            Output = target,
            ChannelStride = 960 * 540,
            RowStride = transpose ? 540 : 960,
            ColumnStride = 1,
        };
    }
}
