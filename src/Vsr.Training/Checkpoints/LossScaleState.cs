using Vsr.Torch;

namespace Vsr.Training.Checkpoints;

/// <summary>A <see cref="LossScale"/> as it is stored in a checkpoint.</summary>
/// <param name="Scale">The scale.</param>
/// <param name="GoodSteps">Steps since it changed.</param>
/// <param name="Skipped">Steps skipped so far.</param>
internal sealed record LossScaleState(float Scale, int GoodSteps, float Skipped)
{
    /// <summary>Reads a loss scale; waits for the device.</summary>
    public static LossScaleState? Of(LossScale? scale) => scale is null
        ? null
        : new(scale.Scale.item<float>(), scale.GoodSteps.item<int>(), scale.Skipped.item<float>());

    /// <summary>Puts the values back.</summary>
    public void Restore(LossScale scale)
    {
        scale.Scale.fill_(Scale);
        scale.GoodSteps.fill_(GoodSteps);
        scale.Skipped.fill_(Skipped);
    }
}
