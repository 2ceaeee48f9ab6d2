namespace Vsr.Training.Evaluation;

/// <summary>How steady a clip is over time, network, bicubic and ground truth by the same flow: means over its pairs of successive frames, or over clips.</summary>
/// <remarks>
/// All on the planes that PSNR is taken on, with 255 levels as 1; small is good. The definitions are in docs/metrics.md.
/// </remarks>
/// <param name="NetworkWarpError">The warping error of the network's output.</param>
/// <param name="BicubicWarpError">The warping error of the enlargement.</param>
/// <param name="TruthWarpError">The warping error of the ground truth: what motion, light and noise leave over.</param>
/// <param name="NetworkFlicker">The warping error of the output's difference from the ground truth.</param>
/// <param name="BicubicFlicker">The warping error of the enlargement's difference from the ground truth.</param>
/// <param name="VisibleShare">The share of the pixels that could be measured, those visible in both frames.</param>
public sealed record TemporalScore(
    double NetworkWarpError,
    double BicubicWarpError,
    double TruthWarpError,
    double NetworkFlicker,
    double BicubicFlicker,
    double VisibleShare)
{
    /// <summary>The means of some scores; null of none.</summary>
    public static TemporalScore? Mean(IReadOnlyCollection<TemporalScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Count == 0 ? null : new TemporalScore(
            scores.Average(score => score.NetworkWarpError),
            scores.Average(score => score.BicubicWarpError),
            scores.Average(score => score.TruthWarpError),
            scores.Average(score => score.NetworkFlicker),
            scores.Average(score => score.BicubicFlicker),
            scores.Average(score => score.VisibleShare));
    }
}
