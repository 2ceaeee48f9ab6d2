namespace Vsr.Data.Synthesis;

/// <summary>A part of a pair: T neighbouring frames, the same square region in both resolutions.</summary>
/// <param name="Pair">Index of the pair.</param>
/// <param name="FirstFrame">First frame.</param>
/// <param name="Column">Left edge, low-resolution pixels.</param>
/// <param name="Row">Upper edge, low-resolution pixels.</param>
/// <param name="Hr">uint8 [T, 3, S s, S s].</param>
/// <param name="Lr">uint8 [T, 3, s, s].</param>
internal sealed record PairCut(int Pair, int FirstFrame, int Column, int Row, byte[] Hr, byte[] Lr);
