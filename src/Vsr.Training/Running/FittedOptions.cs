using Vsr.Data;

namespace Vsr.Training.Running;

/// <summary>The settings that follow from the clips: sizes of whole frames, and what is counted in epochs.</summary>
internal static class FittedOptions
{
    private const double EpochsOfACycle = 4;      // of DALI's example: two up, two down
    private const double LeastStepsBetweenValidations = 1000;

    /// <summary>The settings with every default filled in. Once filled in they stay, so that a resumed run has its own.</summary>
    /// <exception cref="VsrException">A clip is too small.</exception>
    public static TrainingOptions For(TrainingOptions options, IReadOnlyList<ClipInfo> clips, bool hasValidation)
    {
        if (options.WholeFrames && options.CropHeight is null)
        {
            (int height, int width) = CropSize.OfWholeFrames(clips, options);
            options = options with { CropHeight = height, CropWidth = width };
        }

        double epoch = EpochLength.For(options, clips).Steps;
        bool needsCycle = options.Schedule == "triangular" && !EpochLength.UsesPools(options);
        return options with
        {
            CycleSteps = options.CycleSteps ?? (needsCycle ? Math.Max(2, (long)Math.Round(EpochsOfACycle * epoch)) : null),
            ValidateEvery = options.ValidateEvery ?? (hasValidation ? WholeEpochs(epoch) : 0),
        };
    }

    private static long WholeEpochs(double epoch) =>
        (long)Math.Ceiling(epoch * Math.Ceiling(LeastStepsBetweenValidations / epoch));
}
