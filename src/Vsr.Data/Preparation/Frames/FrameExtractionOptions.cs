using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>How the frames of scenes are written as pictures.</summary>
public sealed record FrameExtractionOptions
{
    /// <summary>The formats by name: "png", "jpg".</summary>
    public static IReadOnlyList<string> Formats { get; } = ["png", "jpg"];

    /// <summary>The data set's folder. Required.</summary>
    public required string MainData { get; init; }

    /// <summary>The pictures' size. Required.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>"png" or "jpg"; part of the folder's name when given. Default: null, png.</summary>
    public string? Format { get; init; }

    /// <summary>
    /// Of a .jpg FFmpeg's scale, 2 (best) to 31, default 4; of a .png how hard it is compressed, 0 to 9, which does not change the picture.
    /// Part of the folder's name when given.
    /// </summary>
    public int? Quality { get; init; }

    /// <summary>Whether the transcoded scenes of this size are read, and not the split ones. Default: false.</summary>
    public bool Transcoded { get; init; }

    /// <summary>Which transcoded scenes: the codec that was given for them. Default: null, none was.</summary>
    public string? Codec { get; init; }

    /// <summary>Which transcoded scenes: the constant rate factor that was given for them. Default: null, none was.</summary>
    public int? Crf { get; init; }

    /// <summary>Which transcoded scenes: the distance of key frames that was given for them. Default: null, none was.</summary>
    public int? KeyInt { get; init; }

    /// <summary>How sizes are changed. Default: bicubic.</summary>
    public ScalingFilter Scaling { get; init; } = ScalingFilter.Bicubic;

    /// <summary>Threads that write pictures, 1 to 64; null (default) for one a processor.</summary>
    public int? Jobs { get; init; }

    /// <summary>Whether scenes of fewer lines are enlarged, and not left out. Default: true, as the size is asked for.</summary>
    public bool Enlarge { get; init; } = true;

    /// <summary>The format in effect.</summary>
    internal string EffectiveFormat => Format ?? Formats[0];

    /// <summary>The quality in effect; null for the encoder's own.</summary>
    internal int? EffectiveQuality => Quality ?? (EffectiveFormat == "jpg" ? 4 : null);

    /// <summary>Checks the ranges, and that options do not contradict each other.</summary>
    /// <exception cref="ArgumentException">They do; the message says which.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(MainData);
        if (!Formats.Contains(EffectiveFormat))
        {
            throw new ArgumentException($"format '{Format}' is neither png nor jpg");
        }

        (int least, int most) = EffectiveFormat == "jpg" ? (2, 31) : (0, 9);
        if (Quality < least || Quality > most)
        {
            throw new ArgumentException($"quality {Quality} is outside {least}..{most}, the range of {EffectiveFormat}");
        }

        if (!Transcoded && (Codec ?? (object?)Crf ?? KeyInt) is not null)
        {
            throw new ArgumentException("codec, crf and keyint choose among transcoded scenes: ask for those too, or leave them out");
        }

        if (Codec is not null && !TranscodeOptions.Codecs.Contains(Codec))
        {
            throw new ArgumentException($"codec '{Codec}' is neither h264 nor hevc");
        }

        if (Jobs is < 1 or > 64)
        {
            throw new ArgumentException($"{Jobs} threads are outside 1..64");
        }
    }
}
