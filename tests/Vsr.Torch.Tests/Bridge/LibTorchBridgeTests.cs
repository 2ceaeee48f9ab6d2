using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Bridge;

public sealed class LibTorchBridgeTests
{
    public LibTorchBridgeTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Every_piece_that_has_no_substitute_is_there()
    {
        Backend backend = TorchTestBackend.Backend;
        Assert.Superset(new HashSet<string>(backend.Missing), new HashSet<string> { "release of wrapped memory" });
        Assert.All(backend.Bridge, piece => Assert.Equal(piece.IsThere, piece.Missing.Count == 0));
        Assert.Contains(backend.Bridge, piece => piece.Name == "operators by name" && piece.IsThere);
    }

    [Fact]
    public void Settings_of_cudnn_are_set_and_read()
    {
        bool before = CudnnFlags.Benchmark;
        CudnnFlags.Benchmark = !before;
        Assert.Equal(!before, CudnnFlags.Benchmark);
        CudnnFlags.Benchmark = before;
        Assert.Equal(before, CudnnFlags.Benchmark);

        CudnnFlags.Deterministic = true;
        Assert.True(CudnnFlags.Deterministic);
        CudnnFlags.Deterministic = false;
        Assert.False(CudnnFlags.Deterministic);
    }

    [Fact]
    public void Matrix_products_are_exact_and_convolutions_may_use_tf32()
    {
        Assert.False(CudnnFlags.AllowTf32MatrixProducts);
        Assert.True(CudnnFlags.AllowTf32Convolutions);
    }

    [Fact]
    public void The_cpu_has_no_graphs_and_no_streams()
    {
        Assert.False(CudaGraph.IsAvailable(CPU));
        Assert.Throws<BackendException>(() => CudaGraph.Capture(CPU, () => { }));
        Assert.Throws<ArgumentException>(() => CudaStream.Current(CPU));
    }

    [Fact]
    public void A_timer_on_the_cpu_takes_the_time_of_the_host()
    {
        using CudaTimer timer = new(CPU);
        timer.Start();
        Thread.Sleep(20);
        timer.Stop();
        Assert.InRange(timer.ElapsedMilliseconds, 15, 5000);
    }

    [Fact]
    public void A_loop_that_disposes_keeps_the_number_of_tensors()
    {
        using Tensor weight = rand([4, 3, 3, 3], requires_grad: true);
        long before = 0;
        for (int step = 0; step < 20; step++)
        {
            using (DisposeScope scope = NewDisposeScope())
            {
                Tensor loss = nn.functional.conv2d(rand(1, 3, 8, 8), weight).square().mean();
                loss.backward();
                weight.grad!.zero_();
            }

            before = step == 2 ? LiveTensors.Count : before;
        }

        Assert.Equal(before, LiveTensors.Count);
    }
}
