namespace Vsr.Video;

/// <summary>Where one component (Y, U, V or R, G, B, then alpha) of a pixel lies.</summary>
/// <param name="Plane">The plane that holds it.</param>
/// <param name="StepBytes">From a sample to the next one in the row, in bytes (in bits for bit-packed formats).</param>
/// <param name="OffsetBytes">Of the first sample from the row's start, in bytes (in bits for bit-packed formats).</param>
/// <param name="Shift">How far the value is shifted to the left inside its sample, in bits (P010: 6).</param>
/// <param name="Depth">The number of bits of the value.</param>
public readonly record struct PixelComponent(int Plane, int StepBytes, int OffsetBytes, int Shift, int Depth);
