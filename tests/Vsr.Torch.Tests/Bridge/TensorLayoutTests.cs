using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Bridge;

public sealed class TensorLayoutTests
{
    public TensorLayoutTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Channels_come_innermost_with_the_same_values()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = rand(2, 3, 4, 5);
        Tensor y = TensorLayout.ToChannelsLast(x);
        Assert.Equal([60L, 1, 15, 3], y.stride());
        Assert.Equal(x, y);
        Assert.True(TensorLayout.IsChannelsLast(y));
        Assert.False(TensorLayout.IsChannelsLast(x));
        Assert.Throws<ArgumentException>(() => TensorLayout.ToChannelsLast(ones(3)));
    }

    [Fact]
    public void Weights_change_their_layout_in_place_and_train_on()
    {
        using DisposeScope scope = NewDisposeScope();
        using TorchSharp.Modules.Conv2d convolution = nn.Conv2d(3, 8, 3);
        Tensor x = rand(1, 3, 6, 6);
        Tensor expected = convolution.call(x).detach();
        nint handle = convolution.weight!.Handle;

        TensorLayout.SetChannelsLast(convolution);

        Assert.True(TensorLayout.IsChannelsLast(convolution.weight!));
        Assert.Equal(handle, convolution.weight!.Handle);
        Tensor y = convolution.call(TensorLayout.ToChannelsLast(x));
        Assert.True(TorchTestBackend.RelativeError(y, expected) < 1e-5);
        y.sum().backward();
        Assert.Equal(convolution.weight!.shape, convolution.weight!.grad!.shape);
    }
}
