using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests;

public sealed class BackendTests
{
    public BackendTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Convolution_gradients_and_sampling_run()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(0, 16, dtype: float32).reshape(1, 1, 4, 4);
        Tensor weight = ones([1, 1, 3, 3], requires_grad: true);

        Tensor y = nn.functional.conv2d(x, weight);
        y.sum().backward();

        Assert.Equal([45f, 54f, 81f, 90f], y.data<float>().ToArray());
        Assert.Equal([10f, 14f, 18f, 26f, 30f, 34f, 42f, 46f, 50f], weight.grad!.data<float>().ToArray());
        Tensor centre = zeros(1, 1, 1, 2);
        Tensor sample = nn.functional.grid_sample(x, centre, align_corners: true);
        Assert.Equal(7.5f, sample.item<float>());
    }

    [Fact]
    public void Loading_again_gives_the_same_libtorch()
    {
        Backend again = Backend.Load(new BackendOptions { Device = "cpu" });

        Assert.Equal(TorchTestBackend.Backend.LibTorchDirectory, again.LibTorchDirectory);
        Assert.Equal(DeviceType.CPU, again.Device.type);
        Assert.False(again.IsCuda);
    }

    [Fact]
    public void Another_libtorch_is_refused()
    {
        BackendOptions other = new() { LibTorchDirectory = "/nowhere" };
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => Backend.Load(other));
        Assert.Contains("/nowhere", refused.Message);
    }
}
