namespace Vsr.Video;

/// <summary>Wanted frames that one run of decoding from one start gives.</summary>
/// <param name="Start">The number of the start in <see cref="FrameIndex.Starts"/>.</param>
/// <param name="Packets">The packets of the wanted frames, ascending.</param>
internal sealed record WindowGroup(int Start, int[] Packets);
