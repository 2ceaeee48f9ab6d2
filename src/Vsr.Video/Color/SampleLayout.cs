namespace Vsr.Video;

/// <summary>Where the samples of one component lie in memory, in the terms of FFmpeg's AVComponentDescriptor.</summary>
/// <param name="Plane">The plane that holds the component.</param>
/// <param name="Step">Distance of neighbouring samples: bytes, or bits where <see cref="IsBitstream"/>.</param>
/// <param name="Offset">Where the first sample begins: bytes, or bits where <see cref="IsBitstream"/>.</param>
/// <param name="Shift">Unused low bits below the sample.</param>
/// <param name="Depth">Bits of a sample: 1 to 16 (32 where <see cref="IsFloat"/>).</param>
internal readonly record struct SampleLayout(int Plane, int Step, int Offset, int Shift, int Depth)
{
    /// <summary>True where samples of 16 bits and more have their high byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>True where samples are packed to bits (monob, monow).</summary>
    public bool IsBitstream { get; init; }

    /// <summary>True where samples are IEEE floats, 0..1.</summary>
    public bool IsFloat { get; init; }

    /// <summary>True where a set bit is dark (monow).</summary>
    public bool IsInverted { get; init; }

    /// <summary>The value of a full-scale sample: 2^depth - 1, or 1 for floats.</summary>
    public double Maximum => IsFloat ? 1 : (1L << Depth) - 1;
}
