using Vsr.Video;

namespace Vsr.Data;

/// <summary>Two pictures of one size and the flow between them: First(p) = Second(p + Truth(p)).</summary>
/// <param name="Name">The pair's name.</param>
/// <param name="First">8 bits.</param>
/// <param name="Second">8 bits.</param>
/// <param name="Truth">The flow.</param>
public sealed record FlowPair(string Name, RgbImage First, RgbImage Second, FlowField Truth);
