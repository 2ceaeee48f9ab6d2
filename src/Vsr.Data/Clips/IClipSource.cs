using Vsr.Video;

namespace Vsr.Data;

/// <summary>Clips that sequences are read from: video files, or frames held in memory. The loaders see no difference.</summary>
/// <remarks>All members may be called from any thread. Readers must be disposed before their source.</remarks>
public interface IClipSource : IDisposable
{
    /// <summary>The clips, in a fixed order.</summary>
    IReadOnlyList<ClipInfo> Clips { get; }

    /// <summary>One line for each file that could not be used, with its name and why.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether readers deliver a colour; by default RGB alone.</summary>
    bool Delivers(SampleColor color) => color == SampleColor.Rgb;

    /// <summary>Opens a clip. The caller disposes the reader.</summary>
    /// <param name="clip">Index in <see cref="Clips"/>.</param>
    /// <exception cref="VsrException">The file cannot be opened.</exception>
    IClipReader Open(int clip);
}
