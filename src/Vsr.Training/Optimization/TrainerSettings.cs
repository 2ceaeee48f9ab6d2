namespace Vsr.Training.Optimization;

/// <summary>How a trainer turns gradients into steps.</summary>
internal sealed record TrainerSettings
{
    public double WeightDecay { get; init; }

    /// <summary>AdamW, not Adam.</summary>
    public bool IsDecoupled { get; init; } = true;

    /// <summary>The longest gradient; 0 for no limit.</summary>
    public double ClipNorm { get; init; } = 1;

    public static TrainerSettings Of(TrainingOptions options) => new()
    {
        WeightDecay = options.WeightDecay,
        IsDecoupled = options.Optimizer != "adam",
        ClipNorm = options.ClipNorm,
    };
}
