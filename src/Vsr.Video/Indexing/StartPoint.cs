namespace Vsr.Video;

/// <summary>A packet where decoding can begin, and the first frame that then comes out as in the whole file.</summary>
internal readonly record struct StartPoint(int Packet, int FirstFrame);
