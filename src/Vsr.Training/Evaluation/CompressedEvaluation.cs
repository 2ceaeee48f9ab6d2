namespace Vsr.Training.Evaluation;

/// <summary>The scores of a set of clips whose low-resolution input was compressed.</summary>
/// <param name="Compression">How.</param>
/// <param name="Result">The scores.</param>
public sealed record CompressedEvaluation(ClipCompression Compression, EvaluationResult Result);
