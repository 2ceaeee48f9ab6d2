using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Gpu;

/// <summary>A training step as the trainer makes it: narrow weights, wide masters, clipping, AdamW, moving average.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly TensorList _weights;
    private readonly TensorList _gradients;
    private readonly Tensor _averageWeight;

    public TrainingStep(Device device, long seed, ScalarType type = ScalarType.BFloat16)
    {
        random.manual_seed(seed);
        long[][] shapes = [[16, 3, 3, 3], [16], [16, 16, 3, 3], [16], [3, 16, 3, 3], [3]];
        Masters = new(shapes.Select(s => (randn(s) * 0.1).to(device).DetachFromDisposeScope()));
        _weights = new(Masters.Tensors.Select(m => m.to(type).DetachFromDisposeScope().requires_grad_(true)));
        _gradients = Masters.ZerosLike();
        Average = Masters.ZerosLike();
        Average.Copy(Masters);
        _averageWeight = tensor(0.1f, device: device).DetachFromDisposeScope();
        Input = zeros([2, 3, 32, 32], device: device).DetachFromDisposeScope();
        Loss = zeros([], device: device).DetachFromDisposeScope();
        Optimizer = new FusedAdamW(Masters.Tensors, new AdamWOptions { WeightDecay = 0.01 });
        Optimizer.SetLearningRate(1e-3);
    }

    public TensorList Masters { get; }

    public TensorList Average { get; }

    public Tensor Input { get; }

    public Tensor Loss { get; }

    public FusedAdamW Optimizer { get; }

    public void Run()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = TensorLayout.ToChannelsLast(Input.to(_weights[0].dtype));
        for (int i = 0; i < 6; i += 2)
        {
            x = nn.functional.conv2d(x, _weights[i], _weights[i + 1], padding: [1, 1]);
            x = i < 4 ? nn.functional.leaky_relu(x, 0.1) : x;
        }

        Tensor loss = (x.to(float32) - Input).square().mean();
        IList<Tensor> gradients = autograd.grad([loss], _weights.Tensors.ToList());
        _gradients.Copy(new TensorList(gradients));
        _gradients.ClipGlobalNorm(0.5);
        Optimizer.Step(_gradients);
        _weights.Copy(Masters);
        Average.Lerp(Masters, _averageWeight);
        using IDisposable off = no_grad();
        Loss.copy_(loss);
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        foreach (Tensor tensor in new[] { Masters, _weights, _gradients, Average }.SelectMany(l => l.Tensors))
        {
            tensor.Dispose();
        }

        _averageWeight.Dispose();
        Input.Dispose();
        Loss.Dispose();
    }
}
