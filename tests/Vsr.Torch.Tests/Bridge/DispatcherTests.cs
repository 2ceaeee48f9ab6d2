using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Bridge;

public sealed class DispatcherTests
{
    public DispatcherTests() => TorchTestBackend.Ensure();

    [Fact]
    public void An_operator_with_numbers_and_flags_gives_the_same_as_TorchSharp()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(12, dtype: float32).reshape(3, 4);
        Assert.Equal(x.narrow(1, 1, 2), Dispatcher.Call("aten::narrow", "", x, 1L, 1L, 2L));
        Assert.Equal(x.cumsum(1), Dispatcher.Call("aten::cumsum", "", x, 1L, DispatcherArgument.None));
        Tensor other = x + 0.25;
        Assert.Equal(x.lerp(other, tensor(0.5f)), Dispatcher.Call("aten::lerp", "Tensor", x, other, tensor(0.5f)));
        Assert.False(Dispatcher.Call("aten::isclose", "", x, other, 1e-5, 1e-8, false).any().item<bool>());
    }

    [Fact]
    public void An_operator_takes_a_list_of_tensors()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = [ones(2, 3), zeros(1, 3)];
        Assert.Equal(cat(parts), Dispatcher.Call("aten::cat", "", parts, 0L));
    }

    [Fact]
    public void Arguments_stay_with_the_caller_and_nothing_leaks()
    {
        using Tensor x = rand(1000, 1000);
        long before = LiveTensors.Count;
        long memory = Environment.WorkingSet;

        for (int i = 0; i < 300; i++)
        {
            using Tensor y = Dispatcher.Call("aten::neg", "", x);
        }

        Assert.Equal(before, LiveTensors.Count);
        Assert.True(Environment.WorkingSet - memory < 400_000_000, "300 results of 4 MB stayed in memory");
        Assert.Equal(1_000_000, x.numel());
    }

    [Fact]
    public void An_in_place_operator_returns_an_alias()
    {
        using Tensor x = ones(3);
        using Tensor half = tensor(0.5f);
        using Tensor end = zeros(3);
        using Tensor alias = Dispatcher.Call("aten::lerp_", "Tensor", x, end, half);

        Assert.Equal([0.5f, 0.5f, 0.5f], x.data<float>().ToArray());
    }

    [Fact]
    public void An_unknown_operator_is_an_error_and_no_crash()
    {
        using Tensor x = ones(3);
        BackendException failure = Assert.Throws<BackendException>(() => Dispatcher.Call("aten::no_such_thing", "", x));
        Assert.Contains("aten::no_such_thing", failure.Message);
        Assert.Throws<BackendException>(() => Dispatcher.Call("aten::narrow", "", x, 7L, 0L, 1L));
    }

    [Fact]
    public void Gradients_flow_through()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([2, 3], requires_grad: true);
        Dispatcher.Call("aten::mul", "Tensor", x, x).sum().backward();
        Assert.Equal(full([2, 3], 2.0f), x.grad!);
    }
}
