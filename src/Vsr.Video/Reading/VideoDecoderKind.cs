namespace Vsr.Video;

/// <summary>What decodes a video.</summary>
public enum VideoDecoderKind
{
    /// <summary>The GPU's engine where it takes the file, else software; the result says which.</summary>
    Auto,

    /// <summary>libavcodec on the CPU.</summary>
    Software,

    /// <summary>The GPU's NVDEC engine, or an error.</summary>
    Nvdec,
}
