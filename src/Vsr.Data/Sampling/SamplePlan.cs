using Vsr.Video;

namespace Vsr.Data;

/// <summary>What one sample is made of: frames of a clip, a crop, and the transforms applied to it.</summary>
/// <param name="Clip">Index of the clip in its source.</param>
/// <param name="FirstFrame">First frame of the window.</param>
/// <param name="Crop">Region read from each frame, before transposition.</param>
/// <param name="FlipHorizontal">Left and right exchanged, after transposition.</param>
/// <param name="FlipVertical">Top and bottom exchanged, after transposition.</param>
/// <param name="Transpose">Rows and columns exchanged.</param>
/// <param name="ReverseTime">The last frame of the window comes first.</param>
internal readonly record struct SamplePlan(
    int Clip, int FirstFrame, PixelRect Crop, bool FlipHorizontal, bool FlipVertical, bool Transpose, bool ReverseTime)
{
    /// <summary>Frames of the window that the clip has, at least 1; the last of them stands for those that it lacks.</summary>
    public int Available { get; init; }
}
