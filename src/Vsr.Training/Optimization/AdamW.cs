using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Training.Optimization;

/// <summary>AdamW without weight decay on lists of tensors, its learning rates scalars on the device.</summary>
/// <remarks>
/// Kingma and Ba, "Adam", ICLR 2015 (arXiv:1412.6980), algorithm 1; Loshchilov and Hutter, arXiv:1711.05101. m and v are the moving
/// averages of the gradient and its square: p -= lr * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps).
/// </remarks>
internal sealed class AdamW : IDisposable
{
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.99;
    public const double Epsilon = 1e-8;

    private readonly IReadOnlyList<Tensor> _parameters;
    private readonly double[] _rateFactors;
    private double _learningRate;

    /// <param name="parameters">float32, moved in place; not owned.</param>
    /// <param name="rateFactors">Each parameter's learning rate relative to the base.</param>
    public AdamW(IReadOnlyList<Tensor> parameters, IReadOnlyList<double> rateFactors)
    {
        _parameters = parameters;
        _rateFactors = rateFactors.ToArray();
        Means = parameters.Select(Zeros).ToArray();
        Squares = parameters.Select(Zeros).ToArray();
    }

    /// <summary>m of every parameter.</summary>
    public IReadOnlyList<Tensor> Means { get; }

    /// <summary>v of every parameter.</summary>
    public IReadOnlyList<Tensor> Squares { get; }

    /// <summary>t: updates made.</summary>
    public long Steps { get; set; }

    public void SetLearningRate(double value) => _learningRate = value;

    /// <summary>One update.</summary>
    public void Step(IReadOnlyList<Tensor> gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        Steps++;
        double correction1 = 1 - Math.Pow(Beta1, Steps);
        double correction2 = 1 - Math.Pow(Beta2, Steps);
        for (int i = 0; i < _parameters.Count; i++)
        {
            Means[i].lerp_(gradients[i], 1 - Beta1);
            Squares[i].mul_(Beta2).addcmul_(gradients[i], gradients[i], 1 - Beta2);
            Tensor denominator = (Squares[i] / correction2).sqrt_().add_(Epsilon);
            _parameters[i].addcdiv_(Means[i], denominator, -_learningRate * _rateFactors[i] / correction1);
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in Means.Concat(Squares))
        {
            tensor.Dispose();
        }
    }

    private static Tensor Zeros(Tensor parameter) => zeros_like(parameter).DetachFromDisposeScope();
}
