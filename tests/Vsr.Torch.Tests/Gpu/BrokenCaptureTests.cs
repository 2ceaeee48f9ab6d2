using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Gpu;

/// <summary>Work that cannot be recorded. Apart from the others: a mistake here ends the process.</summary>
[Trait("Category", "Gpu")]
[Trait("Risk", "Process")]
public sealed class BrokenCaptureTests
{
    [Fact]
    public void Work_that_reads_a_value_back_is_refused_and_the_next_recording_works()
    {
        Device device = TorchTestBackend.RequireCuda();
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([8], device: device);

        Exception refused = Assert.ThrowsAny<Exception>(() => CudaGraph.Capture(device, () => x.sum().item<float>(), warmUps: 1));
        Assert.True(refused is BackendException or ExternalException, refused.ToString());

        Tensor output = zeros([8], device: device);
        using CudaGraph graph = CudaGraph.Capture(device, () =>
        {
            using DisposeScope inner = NewDisposeScope();
            output.copy_(x * 3);
        });
        output.fill_(0);
        graph.Replay();
        Assert.Equal(24f, output.sum().cpu().item<float>());
    }
}
