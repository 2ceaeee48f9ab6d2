namespace Vsr.Torch;

/// <summary>The constants of Adam (Kingma and Ba, ICLR 2015) and AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", algorithm 2).</summary>
public sealed record AdamWOptions
{
    /// <summary>Decay of the first moment, 0 to below 1. Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment, 0 to below 1. Default: 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the denominator, above 0. Default: 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weight decay, 0 or more. Default: 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// True, AdamW: the decay times the learning rate shrinks the weights beside the step. False, Adam: the decay times the weights
    /// is added to the gradients, and so to the moments. Without decay the two are one. Default: true.
    /// </summary>
    public bool IsDecoupled { get; init; } = true;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public void Validate()
    {
        RequireBeta(Beta1, nameof(Beta1));
        RequireBeta(Beta2, nameof(Beta2));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epsilon);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
    }

    private static void RequireBeta(double value, string name)
    {
        if (value is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} {value} is outside 0 to below 1; 0.9 to 0.999 are usual");
        }
    }
}
