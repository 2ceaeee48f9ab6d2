namespace Vsr.Training.Evaluation;

/// <summary>The scores of a flow network on several pairs.</summary>
/// <param name="Pairs">One a pair, in the order in which they were scored.</param>
public sealed record FlowEvaluationResult(IReadOnlyList<FlowPairScore> Pairs)
{
    /// <summary>The mean of the pairs' end-point errors in pixels; null without pairs.</summary>
    public double? Epe => Pairs.Count == 0 ? null : Pairs.Average(pair => pair.Epe);

    /// <summary>The mean of the pairs' errors of zero flow in pixels; null without pairs.</summary>
    public double? ZeroEpe => Pairs.Count == 0 ? null : Pairs.Average(pair => pair.ZeroEpe);
}
