namespace Vsr.Video;

/// <summary>What the container and the codec's headers say about a video stream.</summary>
public sealed record VideoStreamInfo
{
    /// <summary>The stream's number in the file, counted from 0 over all streams.</summary>
    public required int Index { get; init; }

    /// <summary>FFmpeg's name of the codec: "h264".</summary>
    public required string Codec { get; init; }

    /// <summary>Whether the codec keeps every sample: ffv1, huffyuv, png, lossless H.264 and the like; false where it does not or nothing tells.</summary>
    /// <remarks>Lossless HEVC, VP9 and AV1 do not say so in their headers and count as lossy.</remarks>
    public bool IsLossless { get; init; }

    /// <summary>The width in pixels, before rotation.</summary>
    public required int Width { get; init; }

    /// <summary>The height in pixels, before rotation.</summary>
    public required int Height { get; init; }

    /// <summary>How the decoder's pixels lie in memory; null where nothing in the file says.</summary>
    public required PixelFormat? PixelFormat { get; init; }

    /// <summary>Seconds a tick: the unit of all timestamps.</summary>
    public required Rational TimeBase { get; init; }

    /// <summary>The presentation time at which the stream starts, in ticks; null where unknown.</summary>
    public required long? StartPts { get; init; }

    /// <summary>The stream's duration, else the file's, in seconds; null where unknown.</summary>
    public required double? DurationSeconds { get; init; }

    /// <summary>The mean rate as the container says, in frames a second; null where unknown.</summary>
    public required Rational? AverageRate { get; init; }

    /// <summary>By how many degrees a picture is to be turned counterclockwise for display, as ffprobe prints it.</summary>
    public required int Rotation { get; init; }

    /// <summary>The width of a pixel to its height; null where unknown.</summary>
    public required Rational? SampleAspect { get; init; }

    /// <summary>What the stream says about its colours.</summary>
    public required ColorDescription Color { get; init; }

    /// <summary>Whether the steps between frames differ by more than a tick; null before the file is indexed.</summary>
    public bool? VariableRate { get; init; }

    /// <summary>The bits of a sample; null where unknown.</summary>
    public int? BitDepth => PixelFormat?.BitDepth;
}
