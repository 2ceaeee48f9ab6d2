namespace Vsr.Training.Evaluation;

/// <summary>A clip's scores: the means over its frames.</summary>
/// <param name="Name">The clip's name without path and extension.</param>
/// <param name="Frames">Frames scored.</param>
/// <param name="Network">The network's output against the ground truth.</param>
/// <param name="Bicubic">The protocol's enlargement of the same input against the ground truth.</param>
public sealed record ClipScore(string Name, int Frames, QualityScore Network, QualityScore Bicubic)
{
    /// <summary>Bits of the compressed input a low-resolution pixel; null where it was not compressed.</summary>
    public double? BitsPerPixel { get; init; }

    /// <summary>How steady the clip is over time; null where it was not asked for or no pair of frames could be measured.</summary>
    public TemporalScore? Temporal { get; init; }

    /// <summary>The pairs of successive frames behind <see cref="Temporal"/>, those across cuts left out; null where it was not asked for.</summary>
    public int? TemporalPairs { get; init; }

    /// <summary>The mean of <see cref="EvaluationOptions.Loss"/> over the frames; null where none is asked for.</summary>
    internal double? Loss { get; init; }
}
