using System.Runtime.InteropServices;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Bridge;

public sealed class TensorMemoryTests : IDisposable
{
    private readonly nint _memory = Marshal.AllocHGlobal(24 * sizeof(float));

    public TensorMemoryTests()
    {
        TorchTestBackend.Ensure();
        Marshal.Copy(Enumerable.Range(0, 24).Select(i => (float)i).ToArray(), 0, _memory, 24);
    }

    public void Dispose() => Marshal.FreeHGlobal(_memory);

    [Fact]
    public void A_borrowed_tensor_is_the_memory_itself()
    {
        using Tensor x = TensorMemory.Borrow(_memory, [2, 3], [], ScalarType.Float32, CPU);
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], x.data<float>().ToArray());
        Marshal.Copy(new[] { 42f }, 0, _memory, 1);
        Assert.Equal(42f, x[0, 0].item<float>());
    }

    [Fact]
    public void The_address_of_a_view_is_that_of_its_first_value()
    {
        using Tensor x = TensorMemory.Borrow(_memory, [4, 6], [], ScalarType.Float32, CPU);
        using Tensor row = x[1];
        Assert.Equal(_memory, TensorMemory.Address(x));
        Assert.Equal(_memory + (6 * sizeof(float)), TensorMemory.Address(row));
    }

    [Fact]
    public void Strides_are_kept()
    {
        using Tensor x = TensorMemory.Borrow(_memory, [2, 3], [6, 2], ScalarType.Float32, CPU);
        Assert.Equal([6L, 2], x.stride());
        using Tensor packed = x.contiguous();
        Assert.Equal([0f, 2f, 4f, 6f, 8f, 10f], packed.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => TensorMemory.Borrow(_memory, [2, 3], [1], ScalarType.Float32, CPU));
    }

    [Fact]
    public void Release_is_called_once_when_tensor_and_view_are_gone()
    {
        int released = 0;
        Tensor x = TensorMemory.FromBlob(_memory, [4, 6], [], ScalarType.Float32, CPU, () => released++);
        Tensor view = x[1];
        float sum = view.sum().item<float>();
        x.Dispose();
        view.Dispose();
        Assert.Equal(6 + 7 + 8 + 9 + 10 + 11, sum);
        Assert.Equal(1, released);
    }

    [Fact]
    public void Before_libtorch_2_11_the_values_are_copied()
    {
        Assert.SkipUnless(
            TorchTestBackend.Backend.Missing.Contains("release of wrapped memory"), "this libtorch releases wrapped memory itself");
        int released = 0;
        using Tensor x = TensorMemory.FromBlob(_memory, [24], [], ScalarType.Float32, CPU, () => released++);
        Assert.Equal(1, released);
        Marshal.Copy(new[] { 42f }, 0, _memory, 1);
        Assert.Equal(0f, x[0].item<float>());
    }
}
