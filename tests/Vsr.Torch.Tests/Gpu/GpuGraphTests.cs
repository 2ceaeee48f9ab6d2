using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Gpu;

[Trait("Category", "Gpu")]
public sealed class GpuGraphTests : IDisposable
{
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();

    public GpuGraphTests()
    {
        random.manual_seed(5);
        CudnnFlags.Deterministic = true;
    }

    public void Dispose()
    {
        CudnnFlags.Deterministic = false;
        _scope.Dispose();
    }

    [Fact]
    public void A_replay_equals_eager_bit_for_bit_also_with_new_input()
    {
        Tensor[] weights = Enumerable.Range(0, 6).Select(_ => randn([16, 16, 3, 3], device: _device) * 0.1).ToArray();
        Tensor input = randn([1, 16, 64, 64], device: _device);
        Tensor output = zeros([1, 16, 64, 64], device: _device);
        Tensor Forward(Tensor x) => weights.Aggregate(x, (y, w) => nn.functional.relu(nn.functional.conv2d(y, w, padding: [1, 1])));

        using CudaGraph graph = CudaGraph.Capture(_device, () =>
        {
            using IDisposable off = no_grad();
            using DisposeScope inner = NewDisposeScope();
            output.copy_(Forward(input));
        });

        for (int i = 0; i < 3; i++)
        {
            input.copy_(randn([1, 16, 64, 64], device: _device));
            graph.Replay();
            using IDisposable off = no_grad();
            Assert.True(output.cpu().Equals(Forward(input).cpu()), $"replay {i} differs from eager");
        }
    }

    [Fact]
    public void A_whole_training_step_equals_eager()
    {
        using TrainingStep eager = new(_device, seed: 3);
        using TrainingStep recorded = new(_device, seed: 3);
        List<float> eagerLosses = [];
        List<float> replayedLosses = [];
        Tensor[] inputs = Enumerable.Range(0, 6).Select(_ => rand([2, 3, 32, 32], device: _device)).ToArray();

        for (int i = 0; i < 3; i++)
        {
            eager.Input.copy_(inputs[0]);
            eager.Run();
        }

        recorded.Input.copy_(inputs[0]);
        using CudaGraph graph = CudaGraph.Capture(_device, recorded.Run, warmUps: 3);
        for (int i = 0; i < inputs.Length; i++)
        {
            double rate = 1e-3 * (i + 1);
            foreach (TrainingStep step in new[] { eager, recorded })
            {
                step.Input.copy_(inputs[i]);
                step.Optimizer.SetLearningRate(rate);
            }

            eager.Run();
            graph.Replay();
            eagerLosses.Add(eager.Loss.cpu().item<float>());
            replayedLosses.Add(recorded.Loss.cpu().item<float>());
        }

        Assert.Equal(9f, recorded.Optimizer.StepCount.cpu().item<float>());
        Assert.Equal(eagerLosses, replayedLosses);
        for (int i = 0; i < eager.Masters.Count; i++)
        {
            Assert.True(TorchTestBackend.RelativeError(recorded.Masters[i], eager.Masters[i]) < 1e-6, $"parameter {i} differs");
            Assert.True(TorchTestBackend.RelativeError(recorded.Average[i], eager.Average[i]) < 1e-6, $"average {i} differs");
        }
    }

    [Fact]
    public void A_graph_gives_its_memory_back()
    {
        Tensor input = rand([1, 64, 256, 256], device: _device);
        Tensor output = zeros([1, 64, 256, 256], device: _device);
        long live = 0;
        for (int i = 0; i < 5; i++)
        {
            using (CudaGraph graph = CudaGraph.Capture(_device, () =>
            {
                using DisposeScope inner = NewDisposeScope();
                output.copy_((input * 2) + (input.square() * 3));
            }))
            {
                graph.Replay();
            }

            live = i == 1 ? LiveTensors.Count : live;
        }

        Assert.Equal(live, LiveTensors.Count);
        Assert.True(TorchTestBackend.RelativeError(output, (input * 2) + (input.square() * 3)) < 1e-6);
    }

    [Fact]
    public void An_exception_of_the_work_passes_through_and_the_device_goes_on()
    {
        int calls = 0;
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => CudaGraph.Capture(
            _device,
            () =>
            {
                using Tensor x = ones([8], device: _device);
                if (++calls == 2)
                {
                    throw new InvalidOperationException("stop");
                }
            },
            warmUps: 1));
        Assert.Equal("stop", thrown.Message);
        Assert.Equal(8f, ones([8], device: _device).sum().cpu().item<float>());
    }
}
