using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>The rules of <see cref="LossScale"/> in plain tensor operators, without waiting for the device.</summary>
internal static class LossScaleReference
{
    public static void Unscale(TensorList gradients, Tensor overflow, Tensor inverse)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor gradient in gradients.Tensors)
        {
            overflow.copy_(maximum(overflow, isfinite(gradient).all().logical_not().to(overflow.dtype)));
            gradient.mul_(inverse);
        }
    }

    public static void Update(LossScale state)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor failed = state.Overflow.gt(0);
        Tensor good = where(failed, zeros_like(state.GoodSteps), state.GoodSteps + 1);
        Tensor grows = good.ge(state.GrowthInterval);
        Tensor grown = state.Scale * LossScale.Growth;
        Tensor kept = where(grows & isfinite(grown), grown, state.Scale);      // as PyTorch: no growth to infinity
        state.Scale.copy_(where(failed, state.Scale * LossScale.Backoff, kept));
        state.GoodSteps.copy_(where(grows, zeros_like(good), good));
    }
}
