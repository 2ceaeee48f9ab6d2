namespace Vsr.Data;

/// <summary>Some consecutive frames of a clip.</summary>
/// <param name="Clip">Index of the clip in its source.</param>
/// <param name="FirstFrame">First frame, 0 or more.</param>
/// <param name="FrameCount">Number of frames, at least 1.</param>
/// <param name="Label">Class of the frames; null for the clip's own.</param>
public readonly record struct ClipRange(int Clip, int FirstFrame, int FrameCount, int? Label = null);
