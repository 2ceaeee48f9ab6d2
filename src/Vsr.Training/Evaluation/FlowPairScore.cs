namespace Vsr.Training.Evaluation;

/// <summary>How well a flow network estimates the flow of one pair.</summary>
/// <param name="Name">The pair's name.</param>
/// <param name="Epe">The end-point error in pixels: the mean distance of estimated from true flow, over the pixels whose flow is known.</param>
/// <param name="ZeroEpe">The same of an estimate of zero everywhere: the mean length of the true flow.</param>
public sealed record FlowPairScore(string Name, double Epe, double ZeroEpe);
