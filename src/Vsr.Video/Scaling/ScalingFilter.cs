namespace Vsr.Video;

/// <summary>How a picture is brought to another size. Each averages over all pixels that a smaller picture's pixel covers.</summary>
public enum ScalingFilter
{
    /// <summary>A triangle: soft, without ringing. What DALI's example uses.</summary>
    Bilinear,

    /// <summary>Cubic convolution: sharper, with a little ringing.</summary>
    Bicubic,

    /// <summary>A windowed sinc of three lobes: sharpest, with more ringing.</summary>
    Lanczos,

    /// <summary>The plain mean of the pixels covered; for pictures made much smaller.</summary>
    Area,
}
