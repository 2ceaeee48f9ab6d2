using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Upscaling;

/// <summary>How a video is upscaled and written.</summary>
public sealed record UpscaleOptions
{
    /// <summary>FFmpeg's name of the video encoder. Default: libx264.</summary>
    public string Codec { get; init; } = "libx264";

    /// <summary>The encoder's constant rate factor, 0 (best) to 63, of x264 and x265 to 51. Default: 16; null leaves the encoder's own.</summary>
    /// <remarks>An encoder without such an option (ffv1) runs with its own defaults.</remarks>
    public int? Crf { get; init; } = 16;

    /// <summary>The encoder's preset ("fast", "slow"). Default: null, the encoder's own.</summary>
    public string? Preset { get; init; }

    /// <summary>Which video stream of the input is upscaled. Default: null, the first that is no attached picture.</summary>
    public int? Stream { get; init; }

    /// <summary>What decodes the input. Default: software.</summary>
    /// <remarks>NVDEC is that of the backend's GPU, of the first one where the network runs on the CPU.</remarks>
    public VideoDecoderKind Decoder { get; init; } = VideoDecoderKind.Software;

    /// <summary>Where a before-and-after picture (.png) of the middle frame is written. Default: null, nowhere.</summary>
    public string? Preview { get; init; }

    /// <summary>Replaces files that exist. Default: false, they are an error.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Makes a stream that the output cannot hold an error. Default: false, it is left out and named.</summary>
    public bool Strict { get; init; }

    /// <summary>Starts the network anew where a new scene begins, so that nothing of the old one shows. Default: true.</summary>
    public bool RestartAtCuts { get; init; } = true;

    /// <summary>How many frames wait between decoder and network, and between network and encoder: 1 to 64. Default: 3.</summary>
    public int QueuedFrames { get; init; } = 3;

    // Above 51 x264 says nothing and x265 does not open; the AV1 and VP9 encoders go up to 63.
    private int HighestCrf => Codec is "libx264" or "libx264rgb" or "libx265" ? 51 : 63;

    /// <summary>Checks the ranges and the names that need no file.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says value, limit and fix.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Codec);
        if (Crf < 0 || Crf > HighestCrf)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Crf), $"crf {Crf} is outside {Codec}'s 0..{HighestCrf}; 16 is visually lossless");
        }

        if (Stream < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Stream), $"stream {Stream} is negative; streams count from 0");
        }

        if (QueuedFrames is < 1 or > 64)
        {
            throw new ArgumentOutOfRangeException(
                nameof(QueuedFrames), $"{QueuedFrames} queued frames are outside 1..64; 3 is enough");
        }

        if (Preview is not null && !Path.GetExtension(Preview).Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"the preview '{Preview}' is no .png file; name one that ends in .png", nameof(Preview));
        }
    }

    /// <summary>Checks the names of input and output, without touching a file.</summary>
    /// <exception cref="ArgumentException">The output's extension is not written, or both names are one file's.</exception>
    public static void ValidatePaths(string input, string output)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(input);
        ArgumentException.ThrowIfNullOrWhiteSpace(output);
        if (StreamCopyRules.ContainerOf(output) is null)
        {
            throw new ArgumentException(
                $"cannot write '{output}': the extension '{Path.GetExtension(output)}' is none of .mp4, .m4v, .mov, .mkv",
                nameof(output));
        }

        if (Path.GetFullPath(input) == Path.GetFullPath(output))
        {
            throw new ArgumentException($"input and output are both '{output}'; name another output", nameof(output));
        }
    }
}
