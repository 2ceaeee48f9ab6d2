using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>AdamW in plain tensor operators, as the paper writes it: the reference of <see cref="FusedAdamW"/>.</summary>
/// <remarks>Learning rate and step count are read on the device; nothing waits for it.</remarks>
internal static class AdamWReference
{
    /// <summary>One step; the count has been increased already.</summary>
    public static void Step(FusedAdamW state, TensorList gradients, AdamWOptions options)
    {
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor rate = state.LearningRate;
        Tensor correction1 = 1 - pow(full_like(state.StepCount, options.Beta1), state.StepCount);
        Tensor correction2 = (1 - pow(full_like(state.StepCount, options.Beta2), state.StepCount)).sqrt();
        Tensor keep = 1 - (rate * options.WeightDecay);
        for (int i = 0; i < gradients.Count; i++)
        {
            using DisposeScope inner = NewDisposeScope();
            Tensor gradient = gradients[i];
            Tensor first = state.FirstMoments[i];
            Tensor second = state.SecondMoments[i];
            state.Parameters[i].mul_(keep);
            first.mul_(options.Beta1).add_(gradient * (1 - options.Beta1));
            second.mul_(options.Beta2).add_(gradient * gradient * (1 - options.Beta2));
            Tensor denominator = (second.sqrt() / correction2).add_(options.Epsilon);
            state.Parameters[i].sub_(first / denominator * (rate / correction1));
        }
    }
}
