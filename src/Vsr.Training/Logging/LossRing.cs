using static TorchSharp.torch;

namespace Vsr.Training.Logging;

/// <summary>Keeps the losses of the last steps on the device and fetches them in one go: one synchronisation a block, none a step.</summary>
internal sealed class LossRing : IDisposable
{
    public const int Capacity = 20;

    private readonly Tensor _losses;      // float32 [Capacity]
    private readonly double[] _learningRates = new double[Capacity];
    private int _count;

    public LossRing(Device device) => _losses = zeros([Capacity], ScalarType.Float32, device).DetachFromDisposeScope();

    public bool IsFull => _count == Capacity;

    /// <summary>Queues a copy of the scalar.</summary>
    public void Keep(Tensor loss, double learningRate)
    {
        using Tensor slot = _losses.select(0, _count);
        slot.copy_(loss);
        _learningRates[_count++] = learningRate;
    }

    /// <summary>Waits for the device and empties the ring.</summary>
    public IReadOnlyList<(float Loss, double LearningRate)> Fetch()
    {
        using Tensor host = _losses.cpu();
        (float, double)[] kept = host.data<float>().Take(_count).Zip(_learningRates).ToArray();
        _count = 0;
        return kept;
    }

    public void Dispose() => _losses.Dispose();
}
