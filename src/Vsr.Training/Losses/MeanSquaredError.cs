using static TorchSharp.torch;

namespace Vsr.Training.Losses;

/// <summary>Mean squared difference over every sample; the loss of DALI's example. Differentiable, no host synchronisation.</summary>
public sealed record MeanSquaredError : IPictureLoss
{
    /// <inheritdoc/>
    public Tensor Between(Tensor prediction, Tensor target)
    {
        Tensor difference = prediction - target;
        return (difference * difference).mean();
    }
}
