using Vsr.Video;

namespace Vsr.Data;

/// <summary>What is known of a clip without reading its pictures.</summary>
/// <param name="Name">The path as it was given; warnings and errors name the clip so.</param>
/// <param name="FrameCount">Frames that can be read.</param>
/// <param name="Width">Width in pixels, as delivered.</param>
/// <param name="Height">Height in pixels, as delivered.</param>
public sealed record ClipInfo(string Name, int FrameCount, int Width, int Height)
{
    /// <summary>Number that the clip's frame 0 has in its file: above 0 for a part of a file. Default 0.</summary>
    public int FirstFrame { get; init; }

    /// <summary>The class of the clip, as a list of files gives it; null (default) for none.</summary>
    public int? Label { get; init; }

    /// <summary>When the frames of the file are shown; null (default) where they have no times.</summary>
    public FrameTimes? Times { get; init; }

    /// <summary>The video stream; null where frames come from pictures or from memory.</summary>
    internal VideoStreamInfo? Stream { get; init; }

    /// <summary>Why no GPU decodes it, as its index says; null where nothing there stands against it.</summary>
    internal string? NvdecProblem { get; init; }

    /// <summary>Why a GPU's frames may differ from software's; null where both are exact.</summary>
    internal string? NvdecNotice { get; init; }
}
