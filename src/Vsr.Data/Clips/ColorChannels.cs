using Vsr.Video;

namespace Vsr.Data;

/// <summary>How many channels colours have.</summary>
internal static class ColorChannels
{
    /// <summary>C: 1 for luma, else 3.</summary>
    public static int Channels(this SampleColor color) => color == SampleColor.Luma ? 1 : 3;
}
