using Vsr.Torch;

namespace Vsr.Training.Running;

/// <summary>Looks at the loss scale of float16 training where the host waits for the device anyway: after a block of steps.</summary>
internal sealed class LossScaleWatch(LossScale scale)
{
    private const float Least = 1f / 1024;      // from 65536 by 26 overflows: no scale helps

    /// <summary>The scale.</summary>
    /// <exception cref="VsrException">Gradients are not finite at any useful scale.</exception>
    public float Check(long step)
    {
        float value = scale.Scale.item<float>();
        return value >= Least
            ? value
            : throw new VsrException(FormattableString.Invariant(
                $"gradients are not finite even at a loss scale of {value}, step {step}; the last checkpoint is from before"))
            {
                Hint = "train with --precision bf16, which needs no loss scale",
            };
    }

    /// <summary>A line about the steps that were skipped; null when there are none.</summary>
    public string? Skipped(long steps)
    {
        float skipped = scale.Skipped.item<float>();
        return skipped == 0 ? null : FormattableString.Invariant(
            $"fp16: {skipped} of {steps} steps were skipped for the loss scale, which is {scale.Scale.item<float>()} now");
    }
}
