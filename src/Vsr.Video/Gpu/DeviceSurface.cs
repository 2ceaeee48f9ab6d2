namespace Vsr.Video;

/// <summary>A decoded picture in device memory. It does not own the memory: who lends it says how long it is valid.</summary>
/// <param name="Pointer">Device address of luma sample (0, 0). The chroma plane (U and V interleaved; U, then V, in 4:4:4) begins at Pointer + PitchBytes x Rows.</param>
/// <param name="PitchBytes">From a row to the next, the same in every plane.</param>
/// <param name="Rows">Rows of the luma plane as allocated; at least <paramref name="Height"/>.</param>
/// <param name="Width">Display width in pixels.</param>
/// <param name="Height">Display height in pixels.</param>
/// <param name="Format">The layout of the samples.</param>
/// <param name="BitDepth">Bits of a sample: 8, or 9 to 16, which lie at the top of 16.</param>
internal readonly record struct DeviceSurface(
    nint Pointer, int PitchBytes, int Rows, int Width, int Height, SurfaceFormat Format, int BitDepth);
