using TorchSharp;
using Vsr.Tests;

namespace Vsr.Torch.Tests;

public sealed class BackendOptionsTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("CPU")]
    public void An_unknown_device_is_named(string device)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new BackendOptions { Device = device }.Validate());
        Assert.Contains($"'{device}'", refused.Message);
        Assert.Contains("cuda:N", refused.Message);
    }

    [Theory]
    [InlineData("auto", null, 0)]
    [InlineData("cpu", DeviceType.CPU, 0)]
    [InlineData("cuda", DeviceType.CUDA, 0)]
    [InlineData("cuda:1", DeviceType.CUDA, 1)]
    public void A_known_device_is_taken(string device, DeviceType? type, int index)
    {
        BackendOptions options = new() { Device = device };
        options.Validate();
        Assert.Equal(type, options.RequiredType);
        Assert.Equal(index, options.DeviceIndex);
    }

    [Fact]
    public void A_number_of_threads_outside_the_range_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackendOptions { Threads = 0 }.Validate());

    [Fact]
    public void A_gpu_that_is_not_there_is_one_clear_line()
    {
        Assert.SkipWhen(TorchTestBackend.Backend.IsCuda, "there is a GPU");
        BackendException refused = Assert.Throws<BackendException>(() => Backend.Load(new BackendOptions { Device = "cuda" }));
        Assert.StartsWith("device 'cuda' was asked for, but ", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Contains("--device cpu", refused.Hint);
    }
}
