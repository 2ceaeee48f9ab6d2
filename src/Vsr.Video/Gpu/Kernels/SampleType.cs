using System.Diagnostics.CodeAnalysis;

namespace Vsr.Video;

/// <summary>The type of a batch tensor's elements.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The members are types.")]
public enum SampleType
{
    /// <summary>IEEE single precision, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE half precision, 2 bytes.</summary>
    Float16,

    /// <summary>The upper half of single precision (8 bits of exponent, 7 of mantissa), 2 bytes.</summary>
    BFloat16,

    /// <summary>0..255, 1 byte.</summary>
    UInt8,
}
