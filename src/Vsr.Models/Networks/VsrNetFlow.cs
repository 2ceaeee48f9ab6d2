namespace Vsr.Models;

/// <summary>The motion compensation of <see cref="VsrNet"/>.</summary>
public enum VsrNetFlow
{
    /// <summary>Frames are stacked as they are.</summary>
    None,

    /// <summary><see cref="CompactFlow"/>.</summary>
    Compact,

    /// <summary><see cref="Models.FlowNetSD"/>, as in the reference.</summary>
    FlowNetSD,
}
