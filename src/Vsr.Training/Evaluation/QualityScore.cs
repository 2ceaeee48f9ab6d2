namespace Vsr.Training.Evaluation;

/// <summary>PSNR and SSIM of a frame, or their means over frames or clips.</summary>
/// <param name="PsnrDb">Peak signal-to-noise ratio in dB.</param>
/// <param name="Ssim">Structural similarity, at most 1.</param>
public readonly record struct QualityScore(double PsnrDb, double Ssim)
{
    /// <summary><see cref="Metrics.ExamplePsnr"/> in dB; null where it was not asked for.</summary>
    public double? ExamplePsnrDb { get; init; }

    /// <summary>The means of some scores.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static QualityScore Mean(IReadOnlyCollection<QualityScore> scores) =>
        new(scores.Average(score => score.PsnrDb), scores.Average(score => score.Ssim))
        {
            ExamplePsnrDb = scores.Average(score => score.ExamplePsnrDb),
        };
}
