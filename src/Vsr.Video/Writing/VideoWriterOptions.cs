namespace Vsr.Video;

/// <summary>How a video is encoded and written.</summary>
public sealed record VideoWriterOptions
{
    /// <summary>Width of the coded picture in pixels. Required, at least 1.</summary>
    /// <remarks>Formats with reduced chroma take odd sizes only where the encoder does; libx264 wants even ones.</remarks>
    public required int Width { get; init; }

    /// <summary>Height of the coded picture in pixels. Required, at least 1.</summary>
    public required int Height { get; init; }

    /// <summary>The unit of the frames' times in seconds. Default: 1/25.</summary>
    /// <remarks>Kept to the tick by mp4 and mov; Matroska rounds to 1 ms.</remarks>
    public Rational TimeBase { get; init; } = new(1, 25);

    /// <summary>Average frames a second, for the container and for encoders' rate control. Default: null, not said.</summary>
    public Rational? FrameRate { get; init; }

    /// <summary>FFmpeg's name of the encoder. Default: libx264; libx265, ffv1, mpeg4 and others work where they are built in.</summary>
    public string Codec { get; init; } = "libx264";

    /// <summary>FFmpeg's name of the encoder's pixel format. Default: yuv420p.</summary>
    public string PixelFormat { get; init; } = "yuv420p";

    /// <summary>Constant rate factor, 0..63, lower is better. Default: null, the encoder's own.</summary>
    /// <remarks>Encoders without such an option (ffv1, mpeg4) leave it out.</remarks>
    public int? Crf { get; init; }

    /// <summary>The encoder's preset ("veryfast", "slow"). Default: null, the encoder's own.</summary>
    public string? Preset { get; init; }

    /// <summary>Longest distance between key frames, in frames, from 0. Default: null, the encoder's own.</summary>
    public int? GroupSize { get; init; }

    /// <summary>Most B frames between others, 0..16. Default: null, the encoder's own.</summary>
    public int? BFrames { get; init; }

    /// <summary>The encoder's private options by FFmpeg's names ("tune", "x264-params"), set last. Default: none.</summary>
    public IReadOnlyDictionary<string, string> EncoderOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Threads of the encoder; 0 lets it choose. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>Colour tags written to the stream; they also decide matrix, range and siting of the conversion from RGB.</summary>
    /// <remarks>Default: null: BT.709 from 720 lines up, BT.601 below, limited range, written so.</remarks>
    public ColorDescription? Color { get; init; }

    /// <summary>Shape of a pixel, width to height. Default: null, not said.</summary>
    public Rational? SampleAspect { get; init; }

    /// <summary>The display matrix' rotation in degrees as ffprobe prints it (-90: show turned clockwise). Default: 0.</summary>
    /// <remarks>Written by mp4 and mov; FFmpeg's Matroska muxer of 5.1 has no place for it.</remarks>
    public int Rotation { get; init; }

    /// <summary>A generated sound track. Default: null, none.</summary>
    public AudioTone? Tone { get; init; }

    /// <summary>Replaces a file that exists. Default: false, it is an error.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says value, limit and fix.</exception>
    public void Validate()
    {
        RequireInRange(nameof(Width), Width, 1, 32768);
        RequireInRange(nameof(Height), Height, 1, 32768);
        RequireInRange(nameof(Crf), Crf ?? 0, 0, 63);
        RequireInRange(nameof(GroupSize), GroupSize ?? 0, 0, 100_000);
        RequireInRange(nameof(BFrames), BFrames ?? 0, 0, 16);
        RequireInRange(nameof(Threads), Threads, 0, 256);
        ArgumentException.ThrowIfNullOrWhiteSpace(Codec);
        ArgumentException.ThrowIfNullOrWhiteSpace(PixelFormat);
        if (TimeBase.Numerator < 1 || TimeBase.Denominator < 1)
        {
            throw new ArgumentException($"time base {TimeBase} is not positive; 1/25 counts frames at 25 a second");
        }

        if (Rotation % 90 != 0)
        {
            throw new ArgumentException($"rotation {Rotation} is no multiple of 90 degrees");
        }

        Tone?.Validate();
    }

    private static void RequireInRange(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} {value} is outside {least}..{most}");
        }
    }
}
