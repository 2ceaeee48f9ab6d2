using System.Diagnostics.CodeAnalysis;

namespace Vsr.Video;

/// <summary>The number type of delivered samples.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "They name number types.")]
public enum SampleType
{
    /// <summary>32-bit floats: value * scale + offset, where value is 0..1.</summary>
    Float32,

    /// <summary>16-bit floats of 5 bits of exponent: value * scale + offset, where value is 0..1.</summary>
    Float16,

    /// <summary>16-bit floats of 8 bits of exponent: value * scale + offset, where value is 0..1.</summary>
    BFloat16,

    /// <summary>Bytes: value * 255 rounded to nearest, halves up; scale and offset are not applied.</summary>
    UInt8,
}
