namespace Vsr.Video;

/// <summary>What decodes a video.</summary>
public enum VideoDecoderKind
{
    /// <summary>NVDEC where there is a GPU whose engine decodes the file to the same frames, else software; the result says which.</summary>
    Auto,

    /// <summary>libavcodec on the CPU.</summary>
    Software,

    /// <summary>The GPU's NVDEC engine, or an error.</summary>
    Nvdec,
}
