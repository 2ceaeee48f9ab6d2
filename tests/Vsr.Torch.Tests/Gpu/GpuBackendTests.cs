using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.Nvcuvid;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Gpu;

[Trait("Category", "Gpu")]
public sealed class GpuBackendTests(ITestOutputHelper output) : IDisposable
{
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Every_piece_of_the_bridge_is_there()
    {
        Backend backend = TorchTestBackend.Backend;
        output.WriteLine($"{backend.LibTorchVersion} {backend.Origin} {backend.LibTorchDirectory}");
        output.WriteLine(string.Join("\n", backend.Attempts));
        IEnumerable<string> allowed = backend.LibTorchVersion.StartsWith("2.10", StringComparison.Ordinal) ? ["release of wrapped memory"] : [];
        Assert.Empty(backend.Missing.Except(allowed));
    }

    [Fact]
    public void The_driver_describes_the_device_and_its_decoder()
    {
        CudaDeviceDescription description = CudaDriver.Instance.Describe(0);
        output.WriteLine($"{description} {CudaDriver.KernelModuleVersion()} {CudaDriver.Instance.CudaVersion}");
        Assert.NotEqual("", description.Name);
        Assert.True(description.MemoryBytes > 1L << 30);
        IReadOnlyList<NvdecCapabilities> decoder = NvdecCapabilities.Query(0, out string? problem);
        output.WriteLine(problem ?? string.Join("\n", decoder));
        Assert.All(decoder, c => Assert.InRange(c.LargestWidth, 1024, 65536));
    }

    [Fact]
    public void A_gpu_that_is_one_too_far_is_refused()
    {
        int count = CudaDriver.Instance.DeviceCount;
        BackendException refused = Assert.Throws<BackendException>(() => Backend.Load(new BackendOptions { Device = $"cuda:{count}" }));
        Assert.Contains($"cuda:{count - 1}", refused.Message);
    }

    [Fact]
    public void Gpu_and_cpu_agree()
    {
        Tensor x = rand(1, 3, 32, 32, dtype: float64);
        Tensor w = rand(4, 3, 3, 3, dtype: float64);
        Tensor grid = (rand(1, 16, 16, 2, dtype: float64) * 2) - 1;
        Tensor expected = nn.functional.grid_sample(nn.functional.conv2d(x, w), grid, align_corners: true);
        Tensor actual = nn.functional.grid_sample(
            nn.functional.conv2d(x.to(_device), w.to(_device)), grid.to(_device), align_corners: true);
        Assert.True(TorchTestBackend.RelativeError(actual, expected) < 1e-12);
    }

    [Fact]
    public void Autocast_narrows_convolutions()
    {
        Tensor x = rand([1, 3, 16, 16], device: _device);
        Tensor w = rand([4, 3, 3, 3], device: _device);
        using (AutocastScope autocast = new(_device))
        {
            Assert.True(autocast.IsActive);
            Assert.Equal(ScalarType.BFloat16, nn.functional.conv2d(x, w).dtype);
        }

        Assert.Equal(ScalarType.Float32, nn.functional.conv2d(x, w).dtype);
    }

    [Fact]
    public void Channels_last_gives_the_same_picture()
    {
        Tensor x = rand([2, 8, 24, 24], device: _device, dtype: bfloat16);
        using TorchSharp.Modules.Conv2d convolution = nn.Conv2d(8, 8, 3, device: _device, dtype: bfloat16);
        Tensor expected = convolution.call(x);
        TensorLayout.SetChannelsLast(convolution);
        Tensor actual = convolution.call(TensorLayout.ToChannelsLast(x));
        Assert.True(TensorLayout.IsChannelsLast(actual));
        Assert.True(TorchTestBackend.RelativeError(actual, expected) < 1e-2);
    }

    [Fact]
    public void The_benchmark_of_cudnn_can_be_switched()
    {
        CudnnFlags.Benchmark = true;
        Tensor y = nn.functional.conv2d(rand([1, 3, 16, 16], device: _device), rand([4, 3, 3, 3], device: _device));
        Assert.Equal([1L, 4, 14, 14], y.shape);
        Assert.True(CudnnFlags.Benchmark);
        CudnnFlags.Benchmark = false;
    }
}
