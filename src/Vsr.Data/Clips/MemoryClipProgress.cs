namespace Vsr.Data;

/// <summary>How far the decoding into memory has come.</summary>
/// <param name="Frames">Frames decoded.</param>
/// <param name="TotalFrames">All frames of all clips.</param>
public readonly record struct MemoryClipProgress(long Frames, long TotalFrames);
