namespace Vsr.Upscaling;

/// <summary>How far an upscaling is.</summary>
/// <param name="Frames">Frames written so far.</param>
/// <param name="TotalFrames">Frames of the input.</param>
/// <param name="ElapsedSeconds">Since the first frame was asked for.</param>
public readonly record struct UpscaleProgress(int Frames, int TotalFrames, double ElapsedSeconds)
{
    /// <summary>Frames that the network works on together, 1 or more: all of a group are paid for before its first one comes out.</summary>
    public int GroupSize { get; init; } = 1;

    /// <summary>Frames a second so far; 0 before the first.</summary>
    public double FramesPerSecond => ElapsedSeconds > 0 ? Frames / ElapsedSeconds : 0;

    /// <summary>Seconds until the end at this rate; null before the first frame, and within the first group, whose rate says nothing.</summary>
    public double? RemainingSeconds => FramesPerSecond > 0 && (Frames >= GroupSize || Frames == TotalFrames)
        ? (TotalFrames - Frames) / FramesPerSecond
        : null;
}
