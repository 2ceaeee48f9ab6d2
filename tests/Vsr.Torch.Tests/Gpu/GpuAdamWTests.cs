using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Gpu;

[Trait("Category", "Gpu")]
public sealed class GpuAdamWTests : IDisposable
{
    private static readonly AdamWOptions Options = new() { Beta2 = 0.99, WeightDecay = 0.02 };
    private static readonly long[][] Shapes = [[64, 64, 3, 3], [64], [7], [128, 33]];
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Eager_and_recorded_steps_equal_the_reference_on_the_cpu()
    {
        random.manual_seed(11);
        Tensor[] start = Shapes.Select(s => randn(s)).ToArray();
        Tensor[][] gradients = Enumerable.Range(0, 8).Select(_ => Shapes.Select(s => randn(s)).ToArray()).ToArray();

        Tensor[] plain = start.Select(t => t.clone()).ToArray();
        using FusedAdamW reference = new(plain, Options);
        Tensor[] eager = start.Select(t => t.to(_device)).ToArray();
        using FusedAdamW fused = new(eager, Options);
        Tensor[] replayed = start.Select(t => t.to(_device)).ToArray();
        using FusedAdamW captured = new(replayed, Options);
        TensorList current = new(gradients[0].Select(g => g.to(_device)));

        // a step at rate 0 with gradients of 0 leaves everything but the count: the warm-up's steps are taken back
        current.Zero();
        using CudaGraph graph = CudaGraph.Capture(_device, () => captured.Step(current), warmUps: 2);
        captured.StepCount.fill_(0);

        for (int i = 0; i < gradients.Length; i++)
        {
            double rate = 1e-2 / (i + 1);
            reference.SetLearningRate(rate);
            reference.StepCount.add_(1);
            AdamWReference.Step(reference, new TensorList(gradients[i]), Options);

            TensorList onDevice = new(gradients[i].Select(g => g.to(_device)));
            fused.SetLearningRate(rate);
            fused.Step(onDevice);

            captured.SetLearningRate(rate);
            current.Copy(onDevice);
            graph.Replay();
        }

        for (int i = 0; i < Shapes.Length; i++)
        {
            Assert.True(TorchTestBackend.RelativeError(eager[i], plain[i]) < 1e-6, $"eager parameter {i}");
            Assert.True(eager[i].cpu().Equals(replayed[i].cpu()), $"recorded parameter {i}");
        }

        Assert.Equal(8f, captured.StepCount.cpu().item<float>());
    }

    [Fact]
    public void The_plain_reference_runs_on_the_gpu_too()
    {
        Tensor[] parameters = [ones([5], device: _device)];
        using FusedAdamW optimizer = new(parameters, Options);
        optimizer.SetLearningRate(0.1);
        optimizer.StepCount.add_(1);
        AdamWReference.Step(optimizer, new TensorList([ones([5], device: _device)]), Options);
        Assert.Equal(1 - (0.1 * 0.02) - 0.1, parameters[0][0].cpu().item<float>(), 1e-5);
    }
}
