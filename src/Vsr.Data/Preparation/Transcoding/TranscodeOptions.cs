using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>How the split scenes are copied to another size.</summary>
public sealed record TranscodeOptions
{
    /// <summary>The codecs by name: "h264", "hevc".</summary>
    public static IReadOnlyList<string> Codecs { get; } = ["h264", "hevc"];

    /// <summary>The presets by name, from fast to small.</summary>
    public static IReadOnlyList<string> Presets { get; } =
        ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo"];

    /// <summary>The data set's folder, with orig/scenes in it. Required.</summary>
    public required string MainData { get; init; }

    /// <summary>The size. Required.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>"h264" or "hevc"; part of the folder's name when given. Default: null, h264.</summary>
    public string? Codec { get; init; }

    /// <summary>Constant rate factor, 0 to 51; part of the folder's name when given. Default: null, 18.</summary>
    public int? Crf { get; init; }

    /// <summary>Frames from key frame to key frame, 1 to 10000; part of the folder's name when given. Default: null, 4.</summary>
    public int? KeyInt { get; init; }

    /// <summary>Bits a sample, 8 or, with hevc, 10. Default: 8.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>The encoder's preset ("fast", "slow"). Default: "medium".</summary>
    public string Preset { get; init; } = "medium";

    /// <summary>How sizes are changed. Default: bicubic.</summary>
    public ScalingFilter Scaling { get; init; } = ScalingFilter.Bicubic;

    /// <summary>Scenes copied at a time, 1 to 64; null (default) for what the processors can do.</summary>
    public int? Jobs { get; init; }

    /// <summary>Whether scenes of fewer lines are enlarged, and not left out. Default: false.</summary>
    public bool Enlarge { get; init; }

    /// <summary>Whether the size is one of those made where none is named. For messages.</summary>
    internal bool IsUsualSize { get; init; }

    /// <summary>The codec in effect.</summary>
    internal string EffectiveCodec => Codec ?? Codecs[0];

    /// <summary>The constant rate factor in effect.</summary>
    internal int EffectiveCrf => Crf ?? 18;

    /// <summary>The distance of key frames in effect.</summary>
    internal int EffectiveKeyInt => KeyInt ?? 4;

    /// <summary>FFmpeg's name of the pixel format.</summary>
    internal string PixelFormat => BitDepth == 10 ? "yuv420p10le" : "yuv420p";

    /// <summary>Checks the ranges, and that options do not contradict each other.</summary>
    /// <exception cref="ArgumentException">They do; the message says which.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(MainData);
        if (!Presets.Contains(Preset))
        {
            throw new ArgumentException($"preset '{Preset}' is none of {string.Join(", ", Presets)}");
        }

        if (!Codecs.Contains(EffectiveCodec))
        {
            throw new ArgumentException($"codec '{Codec}' is neither h264 nor hevc");
        }

        if (EffectiveCrf is < 0 or > 51)
        {
            throw new ArgumentException($"crf {Crf} is outside 0..51; 18 is visually lossless");
        }

        if (EffectiveKeyInt is < 1 or > 10_000)
        {
            throw new ArgumentException($"a key frame every {KeyInt} frames is outside 1..10000; 4 suits random access");
        }

        if (BitDepth is not 8 and not 10)
        {
            throw new ArgumentException($"{BitDepth} bits a sample are neither 8 nor 10");
        }

        if (BitDepth == 10 && EffectiveCodec != "hevc")
        {
            throw new ArgumentException("10 bits a sample need the codec hevc: no NVDEC reads H.264 of more than 8");
        }

        if (Jobs is < 1 or > 64)
        {
            throw new ArgumentException($"{Jobs} scenes at a time are outside 1..64");
        }
    }
}
