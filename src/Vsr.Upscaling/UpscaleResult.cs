using Vsr.Video;

namespace Vsr.Upscaling;

/// <summary>What an upscaling wrote and how long it took.</summary>
public sealed record UpscaleResult
{
    /// <summary>Frames written.</summary>
    public required int Frames { get; init; }

    /// <summary>Width of the output in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the output in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>FFmpeg's name of the output's pixel format.</summary>
    public required string PixelFormat { get; init; }

    /// <summary>Wall-clock seconds from the first frame to the renamed file.</summary>
    public required double Seconds { get; init; }

    /// <summary>Milliseconds a frame in the network alone, conversion to the output's pixel format included; the first 8 frames, which hold the preparation of the GPU, are left out where there are more, but not of networks that work on groups of frames.</summary>
    public required double NetworkMillisecondsPerFrame { get; init; }

    /// <summary>What decoded the input to its end: Software or Nvdec.</summary>
    public VideoDecoderKind Decoder { get; init; } = VideoDecoderKind.Software;

    /// <summary>Scenes between which the network started anew; 1 without <see cref="UpscaleOptions.RestartAtCuts"/>.</summary>
    public int Scenes { get; init; } = 1;

    /// <summary>One line each: streams left out, and what could not be kept to the letter.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Frames a second, end to end.</summary>
    public double FramesPerSecond => Seconds > 0 ? Frames / Seconds : 0;
}
