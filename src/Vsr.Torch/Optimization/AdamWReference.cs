using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>AdamW and Adam in plain tensor operators, as the papers write them: the reference of <see cref="FusedAdamW"/>.</summary>
/// <remarks>Learning rate, step count and overflow are read on the device; nothing waits for it.</remarks>
internal static class AdamWReference
{
    /// <summary>One step; the count has been increased already, and is put back where the gradients overflowed.</summary>
    public static void Step(FusedAdamW state, TensorList gradients, AdamWOptions options, Tensor? overflow = null)
    {
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor rate = state.LearningRate;
        Tensor correction1 = 1 - pow(full_like(state.StepCount, options.Beta1), state.StepCount);
        Tensor correction2 = (1 - pow(full_like(state.StepCount, options.Beta2), state.StepCount)).sqrt();
        Tensor keep = 1 - (rate * options.WeightDecay);
        Tensor? skip = overflow?.gt(0);
        for (int i = 0; i < gradients.Count; i++)
        {
            using DisposeScope inner = NewDisposeScope();
            (Tensor value, Tensor first, Tensor second) = (state.Parameters[i], state.FirstMoments[i], state.SecondMoments[i]);
            Tensor decayed = options.IsDecoupled ? value * keep : value;
            Tensor gradient = options.IsDecoupled ? gradients[i] : gradients[i] + (value * options.WeightDecay);
            Tensor newFirst = (first * options.Beta1).add_(gradient * (1 - options.Beta1));
            Tensor newSecond = (second * options.Beta2).add_(gradient * gradient * (1 - options.Beta2));
            Tensor denominator = (newSecond.sqrt() / correction2).add_(options.Epsilon);
            Put(value, decayed.sub(newFirst / denominator * (rate / correction1)), skip);
            Put(first, newFirst, skip);
            Put(second, newSecond, skip);
        }

        if (overflow is not null)
        {
            state.StepCount.sub_(overflow);
        }
    }

    private static void Put(Tensor target, Tensor value, Tensor? skip) =>
        target.copy_(skip is null ? value : where(skip, target, value));
}
