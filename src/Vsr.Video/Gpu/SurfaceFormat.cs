namespace Vsr.Video;

/// <summary>How the decoder lays out a picture in device memory (NVDEC's output surface formats).</summary>
internal enum SurfaceFormat
{
    /// <summary>8 bits, 4:2:0: a plane of luma, then one of U and V interleaved.</summary>
    Nv12,

    /// <summary>As <see cref="Nv12"/> with 16-bit words, the samples' bits at the top.</summary>
    P016,

    /// <summary>8 bits, 4:4:4: planes of Y, U and V.</summary>
    Yuv444,

    /// <summary>As <see cref="Yuv444"/> with 16-bit words, the samples' bits at the top.</summary>
    Yuv444P16,
}
