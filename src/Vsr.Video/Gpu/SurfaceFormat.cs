namespace Vsr.Video;

/// <summary>How the samples of a surface on the GPU lie in memory.</summary>
internal enum SurfaceFormat
{
    /// <summary>8 bits, 4:2:0: Y, then U and V in turn.</summary>
    Nv12,

    /// <summary>4:2:0 in 16 bits, little endian, with the bits at the top: Y, then U and V in turn.</summary>
    P016,

    /// <summary>8 bits, 4:4:4: Y, then U, then V.</summary>
    Yuv444,

    /// <summary>4:4:4 in 16 bits, little endian, with the bits at the top: Y, then U, then V.</summary>
    Yuv444P16,
}
