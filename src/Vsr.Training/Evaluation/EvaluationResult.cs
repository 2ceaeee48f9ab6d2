namespace Vsr.Training.Evaluation;

/// <summary>The scores of a set of clips: every clip counts the same, whatever its length.</summary>
/// <param name="Clips">The clips that could be scored, in order.</param>
public sealed record EvaluationResult(IReadOnlyList<ClipScore> Clips)
{
    /// <summary>The network's mean over the clips; null when no clip was scored.</summary>
    public QualityScore? Network => MeanOf(clip => clip.Network);

    /// <summary>The enlargement's mean over the clips; null when no clip was scored.</summary>
    public QualityScore? Bicubic => MeanOf(clip => clip.Bicubic);

    /// <summary>The mean over the clips of the input's bits a low-resolution pixel; null where it was not compressed.</summary>
    public double? BitsPerPixel => Clips.Average(clip => clip.BitsPerPixel);

    /// <summary>The mean over the clips that have it; null where none has.</summary>
    public TemporalScore? Temporal => TemporalScore.Mean(Clips.Select(clip => clip.Temporal).OfType<TemporalScore>().ToArray());

    private QualityScore? MeanOf(Func<ClipScore, QualityScore> score) =>
        Clips.Count == 0 ? null : QualityScore.Mean(Clips.Select(score).ToArray());
}
