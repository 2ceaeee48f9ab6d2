namespace Vsr.Data;

/// <summary>What low-resolution frames are compressed with.</summary>
public enum CompressionCodec
{
    /// <summary>H.264 by libx264.</summary>
    H264,

    /// <summary>HEVC by libx265.</summary>
    Hevc,
}
