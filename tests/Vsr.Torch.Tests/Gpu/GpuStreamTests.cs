using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Gpu;

[Trait("Category", "Gpu")]
public sealed class GpuStreamTests : IDisposable
{
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_scope_changes_the_current_stream_and_restores_it()
    {
        nint before = CudaStream.Current(_device).Handle;
        CudaStream other = CudaStream.FromPool(_device, highPriority: true);
        Assert.NotEqual(0, other.Handle);
        using (new CudaStreamScope(other))
        {
            Assert.Equal(other.Handle, CudaStream.Current(_device).Handle);
            nint elsewhere = -1;
            Thread thread = new(() => elsewhere = CudaStream.Current(_device).Handle);
            thread.Start();
            thread.Join();
            Assert.Equal(0, elsewhere);
        }

        Assert.Equal(before, CudaStream.Current(_device).Handle);
    }

    [Fact]
    public void A_stream_that_waits_sees_the_others_result()
    {
        CudaStream producer = CudaStream.FromPool(_device);
        CudaStream consumer = CudaStream.FromPool(_device);
        Tensor large = rand([2048, 2048], device: _device);
        Tensor result = zeros([2048, 2048], device: _device);
        cuda.synchronize(_device);
        for (int round = 1; round <= 5; round++)
        {
            using (new CudaStreamScope(producer))
            {
                Tensor x = large;
                for (int i = 0; i < 20; i++)
                {
                    x = matmul(large, large);
                }

                result.fill_(round);
            }

            consumer.WaitFor(producer);
            Tensor copy;
            using (new CudaStreamScope(consumer))
            {
                copy = result + 0;
            }

            consumer.Synchronize();
            Assert.Equal((float)round, copy.min().cpu().item<float>());
        }
    }

    [Fact]
    public void Events_take_the_time_of_the_device()
    {
        Tensor large = rand([4096, 4096], device: _device);
        matmul(large, large);
        using CudaTimer timer = new(_device);
        timer.Start();
        for (int i = 0; i < 10; i++)
        {
            using Tensor product = matmul(large, large);
        }

        timer.Stop();
        Assert.InRange(timer.ElapsedMilliseconds, 0.5, 5000);

        CudaStream stream = CudaStream.Current(_device);
        using CudaEvent mark = new(stream, timed: false);
        mark.Record(stream);
        mark.Synchronize();
        Assert.True(mark.IsDone);
    }

    [Fact]
    public void Memory_of_the_device_is_released_once()
    {
        Tensor owner = arange(24, device: _device, dtype: float32);
        int released = 0;
        Tensor wrapped = TensorMemory.FromBlob(
            TensorMemory.Address(owner), [4, 6], [], ScalarType.Float32, _device, () => Interlocked.Increment(ref released));
        Tensor view = wrapped[1];
        wrapped.Dispose();
        Assert.Equal([6f, 7f, 8f, 9f, 10f, 11f], view.cpu().data<float>().ToArray());
        bool copied = TorchTestBackend.Backend.Missing.Contains("release of wrapped memory");
        Assert.Equal(copied ? 1 : 0, released);
        view.Dispose();
        Assert.Equal(1, released);
    }

    [Fact]
    public void Borrowed_memory_of_the_device_keeps_its_strides()
    {
        Tensor owner = arange(24, device: _device, dtype: float32);
        using Tensor x = TensorMemory.Borrow(TensorMemory.Address(owner), [3, 2], [8, 3], ScalarType.Float32, _device);
        Assert.Equal([0f, 3f, 8f, 11f, 16f, 19f], x.cpu().contiguous().data<float>().ToArray());
    }
}
