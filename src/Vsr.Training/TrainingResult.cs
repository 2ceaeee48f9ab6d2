namespace Vsr.Training;

/// <summary>The end of a training session.</summary>
/// <param name="Step">Steps made, over all sessions.</param>
/// <param name="WasInterrupted">Whether it ended before its budget, with a checkpoint to go on from.</param>
/// <param name="WeightsPath">The averaged weights.</param>
/// <param name="MillisecondsPerStep">Training time a step over the session; 0 when it made none.</param>
public sealed record TrainingResult(long Step, bool WasInterrupted, string WeightsPath, double MillisecondsPerStep);
