using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>The dynamic loss scale of float16 training (Micikevicius et al., "Mixed Precision Training", ICLR 2018).</summary>
/// <remarks>
/// The loss is multiplied by the scale, so that small gradients do not vanish in float16; the gradients are divided by it. Where one
/// is not finite the step is skipped (<see cref="Overflow"/>) and the scale halved; after <see cref="GrowthInterval"/> good steps in a
/// row it is doubled. As PyTorch's GradScaler, but all of it stays on the device: nothing waits, and a step may be part of a CUDA graph.
/// Owns its tensors. Not thread-safe.
/// </remarks>
public sealed class LossScale : IDisposable
{
    /// <summary>The scale at the beginning: 65536.</summary>
    public const float Initial = 65536;

    /// <summary>What the scale is multiplied by when it grows.</summary>
    internal const double Growth = 2;

    /// <summary>What the scale is multiplied by after an overflow.</summary>
    internal const double Backoff = 0.5;

    private readonly int _growthInterval;

    /// <summary>Starts with <see cref="Initial"/>.</summary>
    /// <param name="device">Where the gradients are.</param>
    /// <param name="growthInterval">Steps without overflow after which the scale is doubled, at least 1.</param>
    public LossScale(Device device, int growthInterval = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(growthInterval, 1);
        _growthInterval = growthInterval;
        Scale = full([], Initial, float32, device).DetachFromDisposeScope();
        GoodSteps = zeros([], int32, device).DetachFromDisposeScope();
        Overflow = zeros([], float32, device).DetachFromDisposeScope();
        Skipped = zeros([], float32, device).DetachFromDisposeScope();
    }

    /// <summary>Steps without overflow after which the scale is doubled.</summary>
    public int GrowthInterval => _growthInterval;

    /// <summary>The scale: float32 without dimensions, on the device; part of a checkpoint.</summary>
    public Tensor Scale { get; }

    /// <summary>Steps since the last overflow or growth: int32 without dimensions, on the device; part of a checkpoint.</summary>
    public Tensor GoodSteps { get; }

    /// <summary>1 where a gradient of the last step was not finite, else 0: float32 without dimensions, on the device.</summary>
    public Tensor Overflow { get; }

    /// <summary>Steps skipped so far: float32 without dimensions, on the device; part of a checkpoint.</summary>
    public Tensor Skipped { get; }

    /// <summary>The loss times the scale, to be differentiated. The caller owns it.</summary>
    public Tensor Apply(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss * Scale;
    }

    /// <summary>Divides gradients by the scale, and sets <see cref="Overflow"/> where one is not finite.</summary>
    /// <param name="gradients">float32, on the scale's device.</param>
    public void Unscale(TensorList gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        using IDisposable off = no_grad();
        using Tensor inverse = Scale.reciprocal();
        Overflow.zero_();
        if (Dispatcher.IsAvailableOrNoted)
        {
            Dispatcher.Run(
                "aten::_amp_foreach_non_finite_check_and_unscale_", "", DispatcherArgument.From(gradients.Tensors), Overflow, inverse);
        }
        else
        {
            LossScaleReference.Unscale(gradients, Overflow, inverse);
        }
    }

    /// <summary>Changes the scale by what <see cref="Unscale"/> found.</summary>
    public void Update()
    {
        using IDisposable off = no_grad();
        Skipped.add_(Overflow);
        if (Dispatcher.IsAvailableOrNoted)
        {
            Dispatcher.Call("aten::_amp_update_scale_", "", Scale, GoodSteps, Overflow, Growth, Backoff, (long)_growthInterval).Dispose();
        }
        else
        {
            LossScaleReference.Update(this);
        }
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Scale.Dispose();
        GoodSteps.Dispose();
        Overflow.Dispose();
        Skipped.Dispose();
    }
}
