namespace Vsr.Models;

/// <summary>What the convolutions of <see cref="VsrNet"/> see outside the frame.</summary>
public enum VsrNetPadding
{
    /// <summary>Zeros, as the reference: the border of the output darkens.</summary>
    Zero,

    /// <summary>The border's pixels repeated.</summary>
    Replicate,
}
