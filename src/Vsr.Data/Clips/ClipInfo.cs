namespace Vsr.Data;

/// <summary>What is known of a clip without reading its pictures.</summary>
/// <param name="Name">The path as it was given; warnings and errors name the clip so.</param>
/// <param name="FrameCount">Frames that can be read.</param>
/// <param name="Width">Width in pixels, as delivered.</param>
/// <param name="Height">Height in pixels, as delivered.</param>
public sealed record ClipInfo(string Name, int FrameCount, int Width, int Height);
