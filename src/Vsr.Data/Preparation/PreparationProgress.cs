namespace Vsr.Data.Preparation;

/// <summary>How far a step of a preparation is.</summary>
/// <param name="Step">What is done: "finding cuts", "540p".</param>
/// <param name="Frames">Frames done, those of finished files that were skipped left out.</param>
/// <param name="TotalFrames">Frames to do.</param>
/// <param name="ElapsedSeconds">Since the step began.</param>
public readonly record struct PreparationProgress(string Step, long Frames, long TotalFrames, double ElapsedSeconds)
{
    /// <summary>What is counted: "frames", or "pictures" where there is no film.</summary>
    public string Unit { get; init; } = "frames";

    /// <summary>Frames a second so far; 0 before the first.</summary>
    public double FramesPerSecond => ElapsedSeconds > 0 ? Frames / ElapsedSeconds : 0;

    /// <summary>Seconds until the step's end at this rate; null before the first frame.</summary>
    public double? RemainingSeconds => FramesPerSecond > 0 ? (TotalFrames - Frames) / FramesPerSecond : null;
}
