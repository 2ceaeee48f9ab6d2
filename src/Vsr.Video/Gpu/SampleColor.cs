namespace Vsr.Video;

/// <summary>The colour components of delivered samples; each is a value of 0..1 before scale and offset.</summary>
public enum SampleColor
{
    /// <summary>Red, green, blue: three channels.</summary>
    Rgb,

    /// <summary>The luma of the stream's own matrix, black 0 and white 1: one channel.</summary>
    Luma,

    /// <summary>Luma and the two colour differences of the stream's own matrix, no colour at the middle: three channels.</summary>
    YCbCr,
}
