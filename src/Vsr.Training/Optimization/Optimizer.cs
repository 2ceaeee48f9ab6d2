using TorchSharp;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Training.Optimization;

/// <summary>Adam or AdamW (betas 0.9 and 0.99) over all trained parameters, in groups of equal relative learning rate.</summary>
internal sealed class Optimizer : IDisposable
{
    private readonly List<Group> _groups = [];

    /// <param name="parameters">What is trained.</param>
    /// <param name="rateFactors">Each parameter's learning rate relative to the base.</param>
    /// <param name="weightDecay">Weight decay of all parameters.</param>
    /// <param name="isDecoupled">AdamW, not Adam.</param>
    public Optimizer(
        TrainedParameters parameters, IReadOnlyList<double> rateFactors, double weightDecay = 0, bool isDecoupled = true)
    {
        AdamWOptions options = new() { Beta1 = 0.9, Beta2 = 0.99, WeightDecay = weightDecay, IsDecoupled = isDecoupled };
        Tensor[] means = new Tensor[rateFactors.Count];
        Tensor[] squares = new Tensor[rateFactors.Count];
        foreach (double factor in rateFactors.Distinct())
        {
            int[] members = Enumerable.Range(0, rateFactors.Count).Where(i => rateFactors[i] == factor).ToArray();
            FusedAdamW adam = new(members.Select(i => parameters.Masters[i]), options);
            _groups.Add(new Group(factor, adam, new TensorList(members.Select(i => parameters.Gradients[i]))));
            for (int k = 0; k < members.Length; k++)
            {
                means[members[k]] = adam.FirstMoments[k];
                squares[members[k]] = adam.SecondMoments[k];
            }
        }

        Means = new TensorList(means);
        Squares = new TensorList(squares);
    }

    /// <summary>The running means of the gradients, in the order of the parameters.</summary>
    public TensorList Means { get; }

    /// <summary>The running means of the squared gradients, in the order of the parameters.</summary>
    public TensorList Squares { get; }

    /// <summary>Updates made; reading it waits for the device.</summary>
    public long Steps
    {
        get => (long)_groups[0].Adam.StepCount.item<float>();
        set
        {
            using DisposeScope scope = NewDisposeScope();
            foreach (Group group in _groups)
            {
                group.Adam.StepCount.fill_(value);
            }
        }
    }

    /// <summary>Everything that a step changes besides the parameters.</summary>
    public IEnumerable<Tensor> State =>
        Means.Tensors.Concat(Squares.Tensors).Concat(_groups.Select(group => group.Adam.StepCount));

    /// <summary>Queues a change of the base learning rate.</summary>
    public void SetLearningRate(double value)
    {
        foreach (Group group in _groups)
        {
            group.Adam.SetLearningRate(value * group.Factor);
        }
    }

    /// <summary>Moves the masters along their gradients.</summary>
    /// <param name="overflow">A scalar on the device: where it is 1 nothing moves. Null for a step in any case.</param>
    public void Step(Tensor? overflow = null)
    {
        foreach (Group group in _groups)
        {
            group.Adam.Step(group.Gradients, overflow);
        }
    }

    public void Dispose()
    {
        foreach (Group group in _groups)
        {
            group.Adam.Dispose();
        }
    }

    private sealed record Group(double Factor, FusedAdamW Adam, TensorList Gradients);
}
